package ocr

import (
	"image"
	"math"
)

// How far a page may lie askew, and the size at which that is measured.
const (
	skewSide  = 900 // dots of the reduced picture's longer side
	mostSkew  = 8.0 // degrees
	coarse    = 0.5
	fine      = 0.05
	leastDots = 50
)

// skew returns the angle, in radians, by which the lines of a page fall to the right. It is the one under which rows of
// ink and of paper are told apart most sharply.
func skew(g *image.Gray) float64 {
	small := reduce(g, skewSide)
	k, _ := inked(small)
	dots := k.dots()
	if len(dots) < leastDots {
		return 0
	}
	best := sharpest(dots, k, 0, mostSkew, coarse)
	return sharpest(dots, k, best, coarse, fine) * math.Pi / 180
}

// sideways tells a page whose lines seem to run up or down: the profile of its columns is sharper than that of its rows.
func sideways(g *image.Gray) bool {
	k, _ := inked(reduce(g, skewSide))
	return k.transposed().crispness() > k.crispness()
}

// crispness returns how sharply rows of ink and of paper are told apart at best, for so much ink.
func (k *ink) crispness() float64 {
	dots := k.dots()
	if len(dots) < leastDots {
		return 0
	}
	at := sharpest(dots, k, 0, mostSkew, coarse)
	return sharpness(profile(dots, k, at)) / float64(len(dots))
}

// dots lists the places of ink at the upper edge of strokes, which is enough to measure by.
func (k *ink) dots() []point {
	var out []point
	for y := 1; y < k.h; y++ {
		for x := range k.w {
			if k.dot[y*k.w+x] != 0 && k.dot[(y-1)*k.w+x] == 0 {
				out = append(out, point{float64(x), float64(y)})
			}
		}
	}
	return out
}

// sharpest returns the angle around a middle, in degrees, with the sharpest profile of rows.
func sharpest(dots []point, k *ink, middle, reach, step float64) float64 {
	best, at := -1.0, middle
	for a := middle - reach; a <= middle+reach+step/2; a += step {
		if s := sharpness(profile(dots, k, a)); s > best {
			best, at = s, a
		}
	}
	return at
}

// profile counts the dots of each row of a page turned by degrees.
func profile(dots []point, k *ink, degrees float64) []int {
	margin := int(float64(k.w) * math.Tan((mostSkew+1)*math.Pi/180))
	rows := make([]int, k.h+2*margin+2)
	slope := math.Tan(degrees * math.Pi / 180)
	for _, d := range dots {
		rows[int(d.y-slope*d.x)+margin+1]++
	}
	return rows
}

func sharpness(rows []int) float64 {
	sum := 0.0
	for i := 1; i < len(rows); i++ {
		d := float64(rows[i] - rows[i-1])
		sum += d * d
	}
	return sum
}
