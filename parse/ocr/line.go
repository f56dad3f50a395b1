package ocr

import (
	"math"
	"sort"
)

// A line is y = at + slope·x, or x = at + slope·y for a line that runs down.
type line struct{ at, slope float64 }

func (l line) value(t float64) float64 { return l.at + l.slope*t }

// crossing returns where a level line and one that runs down meet.
func crossing(across, down line) point {
	y := (across.at + across.slope*down.at) / (1 - across.slope*down.slope)
	return point{down.value(y), y}
}

// fitLine lays a line through dots, some of which may stand off it, and tells whether most stand on it.
func fitLine(dots []point, level bool) (line, bool) {
	if len(dots) < 12 {
		return line{}, false
	}
	ts, vs := make([]float64, len(dots)), make([]float64, len(dots))
	for i, d := range dots {
		ts[i], vs[i] = d.y, d.x
		if level {
			ts[i], vs[i] = d.x, d.y
		}
	}
	l := medianLine(ts, vs)
	var f fit
	for i := range ts {
		if math.Abs(vs[i]-l.value(ts[i])) <= outlineSlack {
			f.add(ts[i], vs[i], 1)
		}
	}
	if f.n < leastOnLine*float64(len(ts)) {
		return line{}, false
	}
	return f.line(), true
}

// medianLine is the line of the median slope between dots half their number apart (Theil and Sen, thinned out).
func medianLine(ts, vs []float64) line {
	half := len(ts) / 2
	slopes := make([]float64, 0, half)
	for i := range half {
		if d := ts[i+half] - ts[i]; d != 0 {
			slopes = append(slopes, (vs[i+half]-vs[i])/d)
		}
	}
	slope := median(slopes)
	rest := make([]float64, len(ts))
	for i := range ts {
		rest[i] = vs[i] - slope*ts[i]
	}
	return line{median(rest), slope}
}

// median returns the middle of some numbers, 0 of none.
func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	s := append([]float64(nil), v...)
	sort.Float64s(s)
	return s[len(s)/2]
}

// A fit gathers what a least-squares line needs.
type fit struct{ n, t, v, tt, tv float64 }

// add takes in a weighted dot.
func (f *fit) add(t, v, weight float64) {
	f.n += weight
	f.t += weight * t
	f.v += weight * v
	f.tt += weight * t * t
	f.tv += weight * t * v
}

// addRun takes in a level run of dots from t0 to t1.
func (f *fit) addRun(t0, t1, v float64) {
	n, mid := t1-t0+1, (t0+t1)/2
	f.add(mid, v, n)
	f.tt += n * (n*n - 1) / 12
}

func (f *fit) line() line {
	if f.n == 0 {
		return line{}
	}
	den := f.tt - f.t*f.t/f.n
	if den < 1e-9 {
		return line{f.v / f.n, 0}
	}
	slope := (f.tv - f.t*f.v/f.n) / den
	return line{(f.v - slope*f.t) / f.n, slope}
}
