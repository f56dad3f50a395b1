package msdoc

import (
	"referrald/parse/document"
	"referrald/parse/ocr"
)

// document reads all stories (2.4.1) into a Document: page headers, the text, notes, text boxes without a place, page
// footers. In the file they follow each other as text, footnotes, headers, macros, comments, endnotes, text boxes.
func (r *reader) document() *document.Document {
	f := r.fib
	footnotes := story{f.text, f.text + f.footnotes}
	headers := story{footnotes.to, footnotes.to + f.headers}
	comments := story{headers.to + f.macros, headers.to + f.macros + f.comments}
	endnotes := story{comments.to, comments.to + f.endnotes}
	r.boxes.base = endnotes.to

	r.margins(headers, isHeader)
	r.story(story{0, f.text})
	r.out.EndParagraph()
	r.notes(footnotes)
	r.notes(endnotes)
	for _, s := range r.boxes.rest() {
		r.notes(s)
	}
	r.margins(headers, isFooter)
	if f.comments > 0 {
		r.out.Warn(document.Comments)
	}
	d := r.out.Finish(document.DOC)
	ocr.AddPasted(d, append(pictures(r.streams.data), pictures(r.streams.main)...), r.drawn)
	return d
}

// notes reads a story that stands apart.
func (r *reader) notes(s story) {
	r.fields = nil
	r.story(s)
	r.out.EndParagraph()
}

// Of the stories of page headers the first six are the separators of notes; then each section has six: headers of even,
// odd pages, footers of even, odd pages, header and footer of the first page (2.8.10 Plcfhdd).
const marginStories = 6

func isHeader(i int) bool { i %= marginStories; return i == 0 || i == 1 || i == 4 }
func isFooter(i int) bool { return !isHeader(i) }

// margins reads the page headers or footers of all sections, each text once.
func (r *reader) margins(all story, wanted func(i int) bool) {
	r.out.Margin = true
	defer func() { r.out.Margin = false }()
	places := r.fib.part(r.streams.main, pairHeaders)
	seen := map[string]bool{}
	for i := marginStories; 4*(i+2) <= len(places); i++ {
		s := story{all.from + u32(places, 4*i), all.from + u32(places, 4*(i+1))}
		s.to = min(s.to, all.to, len(r.chars.units))
		if s.from >= s.to || !wanted(i) {
			continue
		}
		key := string(utf8Of(r.chars.units[s.from:s.to]))
		if !seen[key] {
			seen[key] = true
			r.notes(s)
		}
	}
}

func utf8Of(units []uint16) []rune {
	out := make([]rune, len(units))
	for i, u := range units {
		out[i] = rune(u)
	}
	return out
}

// textBoxes are the stories of text boxes and where each is anchored (2.8.37 PlcSpa, 2.8.32 PlcftxbxTxt).
type textBoxes struct {
	base    int // the first character of all of them
	stories []story
	shapes  []int // the shape that each belongs to
	anchors map[int]int
	used    []bool
	kinds   map[int]int // of all shapes
	sizes   map[int]boxSides
}

// boxSides are a shape's width and height in twips.
type boxSides struct{ width, height int }

const (
	shapeSize  = 26 // of an anchor (2.9.253 Spa)
	boxSize    = 22 // of a box's entry (2.9.100 FTXBXS)
	boxShapeAt = 14
	maxBoxes   = 10_000
)

func readTextBoxes(f *fib, main []byte) *textBoxes {
	t := &textBoxes{anchors: map[int]int{}, sizes: map[int]boxSides{}, kinds: readShapes(f.part(main, pairDrawings))}
	places := f.part(main, pairBoxes)
	count := min((len(places)-4)/(4+boxSize), maxBoxes)
	for i := range max(count, 0) {
		s := story{u32(places, 4*i), u32(places, 4*(i+1))}
		if s.from >= s.to || s.to > f.boxes {
			break
		}
		t.stories = append(t.stories, s)
		t.shapes = append(t.shapes, u32(places, 4*(count+1)+boxSize*i+boxShapeAt))
	}
	t.used = make([]bool, len(t.stories))
	anchors := f.part(main, pairShapes)
	count = (len(anchors) - 4) / (4 + shapeSize)
	for i := range max(count, 0) {
		at := 4*(count+1) + shapeSize*i
		number := u32(anchors, at)
		t.anchors[u32(anchors, 4*i)] = number
		t.sizes[number] = boxSides{i32(anchors, at+12) - i32(anchors, at+4), i32(anchors, at+16) - i32(anchors, at+8)}
	}
	return t
}

// at returns the stories of the boxes that are anchored at a character of the main text.
func (t *textBoxes) at(cp int) []story {
	shape, ok := t.anchors[cp]
	if !ok {
		return nil
	}
	var out []story
	for i, s := range t.shapes {
		if s == shape && !t.used[i] {
			t.used[i] = true
			out = append(out, t.story(i))
		}
	}
	return out
}

func (t *textBoxes) story(i int) story {
	return story{t.base + t.stories[i].from, t.base + t.stories[i].to}
}

// rest returns the stories of boxes that no anchor led to.
func (t *textBoxes) rest() []story {
	var out []story
	for i, used := range t.used {
		if !used {
			t.used[i] = true
			out = append(out, t.story(i))
		}
	}
	return out
}
