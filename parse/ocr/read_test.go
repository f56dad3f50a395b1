package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referrald/parse/document"
)

// tsvOf is the engine's table for words that stand in given places.
func tsvOf(words ...word) []byte {
	var b bytes.Buffer
	fmt.Fprintln(&b, "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext")
	fmt.Fprintln(&b, "1\t1\t0\t0\t0\t0\t0\t0\t1654\t2339\t-1\t")
	for i, w := range words {
		fmt.Fprintf(&b, "5\t1\t1\t1\t1\t%d\t%d\t%d\t%d\t%d\t%.2f\t%s\n", i+1, w.x0, w.y0, w.width(), w.height(), 100*w.sure, w.text)
	}
	return b.Bytes()
}

// recognised is a Recogniser that sees the same words on every page.
func recognised(words ...word) Recogniser {
	return func(context.Context, []byte, int) ([]byte, error) { return tsvOf(words...), nil }
}

func say(x, y, w int, text string) word {
	return word{rect: rect{x, y, x + w, y + 22}, text: text, sure: 0.9}
}

// plain writes a document down: a line a cell, marks in braces.
func plain(d *document.Document) []string {
	var out []string
	for _, c := range d.Cells {
		var b strings.Builder
		fmt.Fprintf(&b, "%d:%d,%d", c.Table, c.Row, c.Col)
		if c.Span > 1 {
			fmt.Fprintf(&b, "+%d", c.Span)
		}
		for i, l := range c.Lines {
			b.WriteString([]string{" ", " / "}[min(i, 1)])
			for _, t := range l.Tokens {
				b.WriteString(shape(t))
			}
		}
		out = append(out, b.String())
	}
	return out
}

func shape(t document.Token) string {
	switch {
	case t.Mark == document.Ticked:
		return "{x}"
	case t.Mark == document.MarkUnknown:
		return "{?}"
	case t.Mark == document.Unticked:
		return "{UNTICKED}"
	case t.Style.Has(document.Struck):
		return "~" + t.Text
	}
	return t.Text
}

// form draws a small form: one wide row, two of two cells, options with boxes.
func form(t testing.TB) *painter {
	p := newPainter(t)
	p.table([]int{150, 800, 1500}, []int{300, 350, 400, 450, 500, 550, 600})
	for y := 302; y < 350; y++ { // the first row is one cell
		p.SetGray(800, y, white)
		p.SetGray(801, y, white)
	}
	p.text(p.bold, 165, 335, "Young person")
	p.text(p.plain, p.text(p.bold, 165, 385, "Name: "), 385, "Sam Example")
	p.text(p.plain, p.text(p.bold, 815, 385, "DOB: "), 385, "14/03/2013")
	for i, filling := range []int{empty, cross, ticked, overshot} {
		y := 410 + 50*i
		p.box(165, y, 26, filling)
		p.text(p.plain, 200, y+25, []string{"Going missing", "Experience of abuse", "Possession of weapons", "Social isolation"}[i])
		p.box(815, y, 26, empty)
		p.text(p.plain, 850, y+25, []string{"Family difficulties", "Neglect", "Care experienced", "Unusual moods"}[i])
	}
	return p
}

func TestReadPutsWordsAndBoxesIntoCells(t *testing.T) {
	p := form(t)
	second := scanOf(t, p.Gray)
	second.Page = 2
	d, err := Read(t.Context(), []document.Scan{scanOf(t, p.Gray), second}, recognised(
		say(165, 315, 80, "Young"), say(250, 315, 90, "person"), say(165, 365, 70, "Name:"), say(240, 365, 60, "Sam"),
		say(815, 365, 60, "DOB:"), say(200, 415, 60, "Going"), say(265, 415, 90, "missing"), say(165, 465, 30, "CJ"),
		say(200, 465, 100, "Experience"), say(100, 100, 80, "Service"), say(100, 128, 80, "area"), say(100, 900, 50, "Tel:"), say(600, 900, 50, "Fax:")))
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	page := []string{"0:0,0 Service / area",
		"%d:1,1+2 Young person", "%d:2,1 Name: Sam", "%d:2,2 DOB:", "%d:3,1 {?}Going missing", "%d:3,2 {?}", "%d:4,1 {x}Experience",
		"%d:4,2 {?}", "%d:5,1 {x}", "%d:5,2 {?}", "%d:6,1 {x}", "%d:6,2 {?}", "%d:1,1 Tel:", "%d:1,2 Fax:"}
	var want []string
	for _, table := range []int{1, 3} {
		for i, line := range page {
			if n := table + i/12; strings.Contains(line, "%d") {
				line = fmt.Sprintf(line, n)
			}
			want = append(want, line)
		}
	}
	if diff := cmp.Diff(want, plain(d)); diff != "" {
		t.Error(diff)
	}
	last := d.Cells[len(d.Cells)-1]
	if d.Format != document.Image || d.Pages != 2 || last.Page != 2 {
		t.Errorf("%d pages, the last cell on %d", d.Pages, last.Page)
	}
	if tok := last.Lines[0].Tokens[0]; tok.Source != document.Recognised || tok.Confidence != 0.9 || tok.Box.X0 != 600*dot {
		t.Errorf("token %+v", tok)
	}
}

func TestReadKnowsBoxesUnderAllConditions(t *testing.T) {
	p := form(t)
	for name, g := range map[string]*image.Gray{
		"clean": p.Gray, "askew": askew(p.Gray, 2.3), "askew to the left": askew(p.Gray, -3.1), "grain": noisy(askew(p.Gray, 1), 9),
		"fax": twoColoured(askew(p.Gray, 0.8)), "photograph": photographed(t, p.Gray), "small": reduce(p.Gray, 1750),
	} {
		s := scanOf(t, g)
		s.DPI = pageDPI * float64(g.Rect.Dy()) / a4Long
		d, err := Read(t.Context(), []document.Scan{s}, recognised(say(20, 20, 60, "word")))
		if err != nil {
			t.Fatal(errors.Unwrap(err))
		}
		want := []string{"1:1,1+2", "1:2,1", "1:2,2", "1:3,1 {?}", "1:3,2 {?}", "1:4,1 {x}", "1:4,2 {?}", "1:5,1 {x}", "1:5,2 {?}", "1:6,1 {x}", "1:6,2 {?}"}
		var got []string
		for _, line := range plain(d) {
			if !strings.HasPrefix(line, "0:") {
				got = append(got, line)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestReadTakesNoLettersForMarks(t *testing.T) {
	p := newPainter(t)
	y := 120
	for _, size := range []float64{8, 10, 11, 12, 14, 18, 24} {
		for _, ttf := range [][]byte{regular, heavy} {
			f := face(t, ttf, size)
			for _, s := range []string{"CHILD EXPLOITATION TOOL CONFIDENTIAL", "DOODLE @ BOO 0800 [ ] (D) a v y V Y / J", "the quick brown fox jumps over, x a lazy dog"} {
				y += int(size * 4)
				p.text(f, 120, y, s)
			}
		}
	}
	for name, g := range map[string]*image.Gray{"clean": p.Gray, "fax": twoColoured(askew(p.Gray, 1.2)), "grain": noisy(askew(p.Gray, -0.7), 10)} {
		d, err := Read(t.Context(), []document.Scan{scanOf(t, g)}, recognised(say(20, 20, 60, "word")))
		if err != nil {
			t.Fatal(errors.Unwrap(err))
		}
		for _, line := range plain(d) {
			if strings.Contains(line, "{") {
				t.Errorf("%s: %s", name, line)
			}
		}
	}
}

func TestReadKnowsTicksWithoutBoxes(t *testing.T) {
	p := newPainter(t)
	for i := range 6 {
		y := 300 + 60*i
		p.text(p.plain, 200, y, "Possession of weapons")
		if i%2 == 0 {
			p.tick(165, float64(y-20), float64(18+i), 3)
		}
	}
	p.tick(float64(p.text(p.plain, 200, 660, "Neglect")+12), 640, 20, 4)
	for name, g := range map[string]*image.Gray{"clean": p.Gray, "askew": askew(p.Gray, 2), "fax": twoColoured(askew(p.Gray, -1))} {
		d, err := Read(t.Context(), []document.Scan{scanOf(t, g)}, recognised(say(20, 20, 60, "word")))
		if err != nil {
			t.Fatal(errors.Unwrap(err))
		}
		if n := strings.Count(strings.Join(plain(d), "\n"), "{x}"); n != 4 {
			t.Errorf("%s: %d ticks in %q", name, n, plain(d))
		}
	}
}

func TestReadJoinsWrappedLines(t *testing.T) {
	p := newPainter(t)
	p.table([]int{150, 600}, []int{300, 500})
	d, err := Read(t.Context(), []document.Scan{scanOf(t, p.Gray)}, recognised(
		say(160, 310, 100, "Parents"), say(270, 310, 290, "separated"), say(160, 345, 60, "in"), say(240, 345, 100, "spring."), say(160, 380, 90, "Then"), say(160, 415, 90, "more")))
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	if diff := cmp.Diff([]string{"1:1,1 Parents separated in spring. / Then / more"}, plain(d)); diff != "" {
		t.Error(diff)
	}
}

func TestReadSeesStruckWords(t *testing.T) {
	p := newPainter(t)
	end := p.text(p.plain, 200, 300, "Medium risk or")
	p.text(p.plain, end+20, 300, "Low risk")
	p.fill(195, 291, end-5, 293)
	d, err := Read(t.Context(), []document.Scan{scanOf(t, p.Gray)}, recognised(
		word{rect: rect{200, 278, end - 12, 301}, text: "Medium", sure: 0.8}, word{rect: rect{end + 20, 278, end + 130, 301}, text: "Low", sure: 0.8}))
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	if diff := cmp.Diff([]string{"0:0,0 ~Medium Low"}, plain(d)); diff != "" {
		t.Error(diff)
	}
}

func TestReadFails(t *testing.T) {
	scan := scanOf(t, form(t).Gray)
	broken := errors.New("no engine")
	fail := func(context.Context, []byte, int) ([]byte, error) { return nil, broken }
	_, err := Read(t.Context(), []document.Scan{scan}, fail)
	var u *document.Unreadable
	if !errors.As(err, &u) || u.Why != document.NoText || !errors.Is(err, broken) {
		t.Errorf("a failing engine: %v", err)
	}
	if _, err := Read(t.Context(), []document.Scan{scan}, recognised()); !errors.As(err, &u) || u.Why != document.NoText {
		t.Errorf("no words: %v", err)
	}
	d, err := Read(t.Context(), []document.Scan{{Page: 1, PNG: []byte("no picture")}, scan}, recognised(say(20, 20, 60, "word")))
	if err != nil || len(d.Warnings) != 1 || len(d.Cells) == 0 {
		t.Errorf("one page of two: %v", err)
	}
	white := image.NewGray(image.Rect(0, 0, 1000, 1400))
	draw.Draw(white, white.Bounds(), image.White, image.Point{}, draw.Src)
	words := 0
	d, err = Read(t.Context(), []document.Scan{scan, scanOf(t, white)}, func(context.Context, []byte, int) ([]byte, error) {
		if words++; words > 1 {
			return tsvOf(), nil
		}
		return tsvOf(say(20, 20, 60, "word")), nil
	})
	if err != nil || len(d.Warnings) != 0 || len(d.Cells) == 0 {
		t.Errorf("an empty back: %v, %v", err, d)
	}
	if d, err = Read(t.Context(), []document.Scan{scanOf(t, white)}, recognised()); err != nil || len(d.Warnings) != 0 || len(d.Cells) != 0 {
		t.Errorf("an empty back alone: %v, %v", err, d)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err = Read(ctx, []document.Scan{scan}, func(context.Context, []byte, int) ([]byte, error) {
		cancel()
		return nil, broken
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// tesseract runs the real engine, as the daemon does.
func tesseract(t testing.TB) Recogniser {
	t.Helper()
	exe, err := exec.LookPath("tesseract")
	if err != nil {
		if os.Getenv("REFERRALD_EVERYTHING") != "" {
			t.Fatal("tesseract is not installed")
		}
		t.Skip("tesseract is not installed")
	}
	return func(ctx context.Context, png []byte, mode int) ([]byte, error) {
		c := exec.CommandContext(ctx, exe, "stdin", "stdout", "--dpi", fmt.Sprint(pageDPI), "--psm", fmt.Sprint(mode), "tsv")
		c.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
		c.Stdin = bytes.NewReader(png)
		return c.Output()
	}
}

func TestReadWithTheEngine(t *testing.T) {
	recognise := tesseract(t)
	p := form(t)
	want := []string{"1:1,1+2 Young person", "1:2,1 Name: Sam Example", "1:2,2 DOB: 14/03/2013", "1:3,1 {?}Going missing",
		"1:3,2 {?}Family difficulties", "1:4,1 {x}Experience of abuse", "1:4,2 {?}Neglect", "1:5,1 {x}Possession of weapons",
		"1:5,2 {?}Care experienced", "1:6,1 {x}Social isolation", "1:6,2 {?}Unusual moods"}
	for name, g := range map[string]*image.Gray{"clean": p.Gray, "askew": askew(p.Gray, 2.3), "grain": noisy(askew(p.Gray, -1), 9),
		"fax": twoColoured(askew(p.Gray, 0.8)), "photograph": photographed(t, p.Gray)} {
		photo, err := Picture(jpegOf(t, g))
		if err != nil {
			t.Fatal(errors.Unwrap(err))
		}
		d, err := Read(t.Context(), photo.Scans, recognise)
		if err != nil {
			t.Fatal(errors.Unwrap(err))
		}
		if diff := cmp.Diff(want, plain(d)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestReadTurnsPagesUpright(t *testing.T) {
	recognise := tesseract(t)
	p := form(t)
	for orientation := range 9 {
		if orientation != 3 && orientation != 6 && orientation != 8 {
			continue
		}
		d, err := Read(t.Context(), []document.Scan{scanOf(t, turn(p.Gray, orientation))}, recognise)
		if err != nil {
			t.Fatal(errors.Unwrap(err))
		}
		if got := strings.Join(plain(d), "\n"); !strings.Contains(got, "1:2,1 Name: Sam Example\n") || !strings.Contains(got, "{x}Possession of weapons") {
			t.Errorf("orientation %d: %s", orientation, got)
		}
	}
}

func TestParseTSV(t *testing.T) {
	table := tsvOf(say(10, 20, 30, "Mar|pit"), say(10, 20, 30, "TelephonelEmail:"), say(50, 20, 9, "|"), say(70, 20, 30, " "), say(70, 20, 30, "©7700"), say(70, 20, 30, "®hill.sch.uk"), say(70, 20, 30, "dm©hill.sch.uk"), say(70, 20, 30, "©"))
	table = append(table, "5\t1\t1\t1\t1\t9\t1\t2\t3\t4\tNaN\tx\n5\t1\n5\t1\t1\t1\t1\t9\t-1\t2\t3\t4\t90\tx\n"...)
	var got []string
	for _, w := range parseTSV(table) {
		got = append(got, w.text)
	}
	if diff := cmp.Diff([]string{"Marlpit", "Telephone/Email:", "|", "07700", "@hill.sch.uk", "dm@hill.sch.uk", "©"}, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzTSV(f *testing.F) {
	f.Add(tsvOf(say(1, 2, 3, "a"), say(9, 9, 30, "|")))
	f.Add([]byte("5\t1\t1\t1\t1\t1\t-1\t2\t3\t4\tNaN\tx\n5\t\t\t\t\t\t\t\t\t\t\t\n"))
	f.Fuzz(func(t *testing.T, tsv []byte) {
		for _, w := range parseTSV(tsv) {
			if w.text == "" || !(w.sure > 0 && w.sure <= 1) || w.width() < 1 || w.height() < 1 {
				t.Fatalf("word %+v", w)
			}
		}
	})
}

func BenchmarkPrepare(b *testing.B) {
	g := askew(form(b).Gray, 1.5)
	for b.Loop() {
		prepare(g, pageDPI)
	}
}

func BenchmarkPicture(b *testing.B) {
	data := jpegOf(b, form(b).Gray)
	for b.Loop() {
		if _, err := Picture(data); err != nil {
			b.Fatal(err)
		}
	}
}
