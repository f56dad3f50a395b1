package ocr

import (
	"errors"
	"fmt"
	"image"
	"image/draw"
	"math"
	"strings"
	"testing"

	"referrald/parse/document"
)

// column draws lines of words whose tall letters stand below each other, as those of a typewriter do.
func column(p *painter, x, y int, words ...string) {
	for i, w := range words {
		at := x
		for _, r := range w {
			p.text(p.plain, at, y+33*i, string(r))
			at += 20
		}
	}
}

func TestStemsBelowEachOtherAreNoRule(t *testing.T) {
	p := newPainter(t)
	p.plain = face(t, regular, 11.5)
	column(p, 200, 300, "all told", "bill kid", "ill hall", "fall bed", "mill old")
	k, _ := inked(p.Gray)
	if r := findRules(k, nil); len(r.upright) > 0 {
		t.Errorf("%d upright rules, of %v dots", len(r.upright), r.upright[0].length())
	}
	p.table([]int{150, 600}, []int{250, 500})
	if k, _ = inked(p.Gray); len(findRules(k, nil).upright) != 2 {
		t.Error("the rules of a table are not found among stems")
	}
}

func TestFramesOfRareSizesAreNoBoxes(t *testing.T) {
	p := newPainter(t)
	for i := range 8 {
		p.box(200, 300+50*i, 26, empty)
	}
	p.box(500, 300, 17, blot)
	p.box(197, 700, 30, cross)
	p.box(800, 777, 22, cross) // as if within a word
	k, _ := inked(p.Gray)
	if n := len(k.boxes()); n != 9 {
		t.Errorf("%d boxes", n)
	}
	for _, m := range k.boxes() {
		if m.width() < 22 {
			t.Errorf("a box of %d dots, %v", m.width(), m.state)
		}
	}
	lone := newPainter(t)
	lone.box(500, 300, 17, cross)
	if k, _ = inked(lone.Gray); len(k.boxes()) != 1 {
		t.Error("the only box of a page is not seen")
	}
}

// shaded darkens a page to its right, softly or at an edge as that of a table.
func shaded(g *image.Gray, width float64) *image.Gray {
	out := image.NewGray(g.Rect)
	middle := 0.7 * float64(g.Rect.Dx())
	for y := range g.Rect.Dy() {
		for x := range g.Rect.Dx() {
			dark := 1 / (1 + math.Exp(-(float64(x)-middle)/width))
			out.Pix[y*out.Stride+x] = uint8(float64(g.Pix[y*g.Stride+x]) * (1 - 0.5*dark))
		}
	}
	return out
}

func TestShadowIsNoEdgeOfTheSheet(t *testing.T) {
	p := form(t)
	if q, ok := outline(shaded(p.Gray, 40)); ok {
		t.Errorf("the light part of the page is taken for the sheet: %v", q)
	}
	if _, ok := outline(shaded(p.Gray, 1)); !ok {
		t.Error("a sheet on a darker table is not seen")
	}
}

func TestTwoPagesOnOneSheet(t *testing.T) {
	p := form(t)
	sheet := image.NewGray(image.Rect(0, 0, 2*a4Short, a4Long))
	draw.Draw(sheet, p.Rect, p, image.Point{}, draw.Src)
	draw.Draw(sheet, p.Rect.Add(image.Pt(a4Short, 0)), p, image.Point{}, draw.Src)
	both := scanOf(t, sheet)
	d, err := Read(t.Context(), []document.Scan{both}, recognised(
		say(165, 365, 70, "Name:"), say(240, 365, 60, "Sam"), say(815, 365, 60, "DOB:"),
		say(a4Short+165, 365, 70, "School:"), say(a4Short+240, 365, 60, "Hill")))
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	text := strings.Join(plain(d), "\n")
	if !strings.Contains(text, "1:2,1 Name: Sam\n1:2,2 DOB:") || !strings.Contains(text, "2:2,1 School: Hill") {
		t.Error(text)
	}
	one := newPainter(t)
	one.Gray = image.NewGray(image.Rect(0, 0, a4Long, a4Short))
	draw.Draw(one, one.Rect, image.White, image.Point{}, draw.Src)
	one.table([]int{150, 1000, 1400, 2200}, []int{300, 350, 400}) // a wide table whose middle column is empty
	if k := measure(one.Gray); k != nil {
		if at, ok := k.gutter(); ok {
			t.Errorf("a table is cut at %d", at)
		}
	}
}

func TestLinesThatEndInAPhraseGoOn(t *testing.T) {
	line := func(text string) row {
		r := row{rect: rect{100, 0, 300, 20}}
		for _, w := range strings.Fields(text) {
			r.items = append(r.items, item{rect: rect{100, 0, 150, 20}, text: w})
		}
		return r
	}
	for _, c := range []struct {
		lines []string
		want  int
	}{
		{[]string{"Are the parents aware of the", "referral?"}, 1}, {[]string{"Needs: (Please confirm", "details and", "arrangements) None", "Yes"}, 2},
		{[]string{"Referrer name: Sam Ashe (DSL", "Telephone: 01632 960001"}, 2}, {[]string{"Low", "Medium"}, 2}, {[]string{"Low risk", "Medium risk"}, 2},
	} {
		var rows []row
		for _, text := range c.lines {
			rows = append(rows, line(text))
		}
		if got := len(unwrapped(rows, 1500)); got != c.want {
			t.Errorf("%q: %d lines", c.lines, got)
		}
	}
}

func TestSpecksAreNoWriting(t *testing.T) {
	p := form(t)
	for i := range 300 {
		x, y := 100+(i*197)%1450, 700+(i*389)%1500
		p.fill(x, y, x+2, y+2)
	}
	p.text(p.plain, 200, 1000, "i.e. all: yes")
	before := newPainter(t)
	before.text(before.plain, 200, 1000, "i.e. all: yes")
	writing, _ := inked(before.Gray)
	want := writing.count(195, 960, 400, 1015)
	s := prepare(p.Gray, pageDPI)
	if n := s.ink.count(100, 700, 1600, 2200); n < want || n > want+60 {
		t.Errorf("%d dots of ink are left, of %d of words", n, want)
	}
}

func TestLostEdgeOfATable(t *testing.T) {
	p := form(t)
	for y := 290; y < 610; y++ {
		p.SetGray(1500, y, white)
		p.SetGray(1501, y, white)
	}
	p.text(p.plain, 165, 690, "Below: the table")
	for _, y := range []int{700, 740, 780} { // lines to write on are no table
		p.fill(150, y, 900, y+2)
	}
	s := prepare(p.Gray, pageDPI)
	if len(s.grids) != 1 || len(s.grids[0].regions) != 11 {
		t.Fatalf("grids %+v", s.grids)
	}
}

func TestStrayLettersAreNoWords(t *testing.T) {
	words := []word{say(200, 300, 120, "Completed:"), say(520, 300, 12, "p"), say(200, 340, 60, "Sam"), say(266, 340, 12, "J"), say(600, 340, 12, "x"), say(600, 380, 30, "E]"), say(800, 340, 30, "No"), say(300, 420, 10, "–")}
	for i, sure := range []float64{0.9, 0.6, 0.9, 0.6, 0.6, 0.3, 0.6, 0.1} {
		words[i].sure = sure
	}
	var got []string
	for _, it := range (&sheet{}).items(words) {
		got = append(got, fmt.Sprintf("%s %.2f", it.text, it.sure))
	}
	if want := "Completed: 0.90,Sam 0.90,J 0.60,x 0.60,No 0.60"; strings.Join(got, ",") != want {
		t.Errorf("%q", got)
	}
}

func TestYearCutInTwo(t *testing.T) {
	words := parseTSV(tsvOf(say(10, 20, 100, "06/03/20"), say(116, 20, 24, "15"), say(10, 60, 100, "06/03/20"), say(300, 60, 24, "15"), say(10, 90, 100, "06/03/12"), say(116, 90, 24, "15")))
	if len(words) != 5 || words[0].text != "06/03/2015" {
		t.Errorf("%+v", words)
	}
}

// spaced writes a line in letters as far apart as a typewriter's.
func (p *painter) spaced(x, y, pitch int, text string) {
	for _, r := range text {
		p.text(p.plain, x, y, string(r))
		x += pitch
	}
}

func TestNoTickAmongLetters(t *testing.T) {
	lines := []string{"Drug use or supply of them, drawn to Fred", "Problematic use of social media", "Unexplained gifts or new possessions",
		"Poverty and disadvantage: vwxyz VWXYZ", "Evidence of drug dealing, County lines", "Identity/Demographic Factors (r = 0.5)"}
	for _, points := range []float64{9, 11, 13} {
		p := newPainter(t)
		p.plain = face(t, regular, points)
		for i := range 24 {
			p.spaced(150, 300+60*i, int(points*1.9), lines[i%len(lines)])
		}
		for i := range 6 {
			p.box(110, 282+60*i, 24, empty)
		}
		for name, g := range map[string]*image.Gray{"clean": p.Gray, "askew": askew(p.Gray, 2.7), "grain": noisy(askew(p.Gray, -1.3), 12),
			"fax": twoColoured(noisy(askew(p.Gray, 0.6), 30)), "photograph": photographed(t, p.Gray), "coarse": reduce(p.Gray, 1300)} {
			s := scanOf(t, g)
			s.DPI = pageDPI * float64(g.Rect.Dy()) / a4Long
			d, err := Read(t.Context(), []document.Scan{s}, recognised(say(20, 20, 60, "word")))
			if err != nil {
				t.Fatal(errors.Unwrap(err))
			}
			if text := strings.Join(plain(d), " "); strings.Contains(text, "{x}") {
				t.Errorf("%g points, %s: %s", points, name, text)
			}
		}
	}
}
