package ocr

import (
	"errors"
	"image"
	"math"
	"strings"
	"testing"

	"referrald/parse/document"
)

// oval draws the stroke of a pen around something.
func (p *painter) oval(x0, y0, x1, y1, wide float64) {
	cx, cy, rx, ry := (x0+x1)/2, (y0+y1)/2, (x1-x0)/2, (y1-y0)/2
	at := func(a float64) (float64, float64) {
		return cx + rx*math.Cos(a), cy + ry*math.Sin(a)*(1+0.05*math.Sin(2*a))
	}
	for a := 0.0; a < 2*math.Pi; a += 0.05 {
		px, py := at(a)
		qx, qy := at(a + 0.05)
		p.stroke(px, py, qx, qy, wide)
	}
}

// unseen draws a tool in a style of its own: round boxes, a level in a ring.
func unseen(t testing.TB) *painter {
	p := newPainter(t)
	p.text(p.plain, 200, 300, "Level of risk: Low   Medium   High")
	start := p.text(p.plain, 200, 300, "Level of risk: Low   ") - 3
	end := p.text(p.plain, 200, 300, "Level of risk: Low   Medium") + 3
	p.oval(float64(start-9), 270, float64(end+9), 312, 3)
	for i, pressed := range []bool{false, true, false, false} {
		y := float64(400 + 50*i)
		p.oval(200, y, 226, y+26, 2)
		if pressed {
			p.oval(210, y+10, 216, y+16, 5)
		}
		p.text(p.plain, 240, int(y)+22, []string{"Goes missing", "Carries weapons", "Owes money", "Online contacts"}[i])
	}
	return p
}

func TestReadSeesRingsAndRoundBoxes(t *testing.T) {
	p := unseen(t)
	negative := image.NewGray(p.Rect)
	for i, v := range p.Pix {
		negative.Pix[i] = 255 - v
	}
	at := p.text(p.plain, 200, 300, "Level of risk: Low   ")
	for name, g := range map[string]*image.Gray{"clean": p.Gray, "askew": askew(p.Gray, 1.4), "fax": twoColoured(p.Gray), "negative": negative} {
		d, err := Read(t.Context(), []document.Scan{scanOf(t, g)}, recognised(say(200, 278, 160, "Level"), say(at, 278, 80, "Medium")))
		if err != nil {
			t.Fatal(errors.Unwrap(err))
		}
		text := strings.Join(plain(d), "\n")
		if strings.Count(text, "{x}") != 1 || strings.Count(text, "{?}") != 3 {
			t.Errorf("%s: %s", name, text)
		}
		for _, c := range d.Cells {
			for _, l := range c.Lines {
				for _, tok := range l.Tokens {
					if ringed := strings.HasPrefix(tok.Text, "Medium"); tok.Style.Has(document.Circled) != ringed && name != "askew" {
						t.Errorf("%s: %q has style %v", name, tok.Text, tok.Style)
					}
				}
			}
		}
	}
}

// cell is a cell of a table that says some words, one line each.
func cellOf(page, table, row, col int, lines ...string) document.Cell {
	c := document.Cell{Page: page, Table: table, Row: row, Col: col, Box: document.Rect{X0: 40, X1: 500}}
	for _, text := range lines {
		var l document.Line
		for i, w := range strings.SplitAfter(text, " ") {
			x := 50 + 60*float64(i)
			l.Tokens = append(l.Tokens, document.Token{Text: w, Source: document.Recognised, Box: document.Rect{X0: x, X1: x + 55}})
		}
		c.Lines = append(c.Lines, l)
	}
	return c
}

func TestOverleaf(t *testing.T) {
	label := cellOf(1, 1, 1, 1, "Summary: she has been staying out and her")
	for name, c := range map[string]struct {
		before, after []document.Cell
		want          string
	}{
		"a cut sentence":  {[]document.Cell{label}, []document.Cell{cellOf(2, 2, 1, 1, "brother is known to police."), cellOf(2, 2, 2, 1, "Areas of work: trust")}, "1:1,1 Summary: she has been staying out and her brother is known to police.|2:2,1 Areas of work: trust"},
		"below a number":  {[]document.Cell{label, cellOf(1, 0, 0, 0, "Page 1")}, []document.Cell{cellOf(2, 2, 1, 1, "brother is known to police.")}, "1:1,1 Summary: she has been staying out and her brother is known to police.|0:0,0 Page 1"},
		"a new paragraph": {[]document.Cell{cellOf(1, 1, 1, 1, "Summary: calm.")}, []document.Cell{cellOf(2, 2, 1, 1, "He follows older pupils around.")}, "1:1,1 Summary: calm. / He follows older pupils around."},
		"a new label":     {[]document.Cell{cellOf(1, 1, 1, 1, "Summary: calm.")}, []document.Cell{cellOf(2, 2, 1, 1, "Areas of work: trust")}, "1:1,1 Summary: calm.|2:1,1 Areas of work: trust"},
		"beside a label":  {[]document.Cell{cellOf(1, 1, 1, 1, "Summary"), cellOf(1, 1, 1, 2, "she is")}, []document.Cell{cellOf(2, 2, 1, 1), cellOf(2, 2, 1, 2, "calm")}, "1:1,1 Summary|1:1,2 she is calm"},
		"another row":     {[]document.Cell{cellOf(1, 1, 1, 1, "Religion"), cellOf(1, 1, 1, 2, "None")}, []document.Cell{cellOf(2, 2, 1, 1, "Language"), cellOf(2, 2, 1, 2, "Welsh")}, "1:1,1 Religion|1:1,2 None|2:1,1 Language|2:1,2 Welsh"},
		"paragraphs":      {[]document.Cell{cellOf(1, 0, 0, 0, "she is")}, []document.Cell{cellOf(2, 0, 0, 0, "calm.")}, "0:0,0 she is calm."},
		"no page before":  {nil, []document.Cell{label}, "1:1,1 Summary: she has been staying out and her"},
	} {
		got := strings.Join(plain(&document.Document{Cells: overleaf(c.before, c.after)}), "|")
		if strings.ReplaceAll(got, "  ", " ") != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestBindNumbersPagesAndTables(t *testing.T) {
	first := &document.Document{Pages: 1, Cells: []document.Cell{cellOf(1, 1, 1, 1, "Name: Sam")}}
	next := &document.Document{Pages: 1, Warnings: []document.Warning{document.Torn}, Cells: []document.Cell{cellOf(1, 1, 1, 1, "Religion: none")}}
	d := Bind(first, next)
	if d.Pages != 2 || len(d.Cells) != 2 || d.Cells[1].Page != 2 || d.Cells[1].Table != 2 || len(d.Warnings) != 1 || next.Cells[0].Page != 1 {
		t.Errorf("%d pages, cells %+v", d.Pages, d.Cells)
	}
}
