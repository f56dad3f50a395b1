package rtf

import (
	"slices"

	"referrald/parse/document"
)

// A story is text that stands apart: a page header or footer, a note, a text box.
type story struct {
	kind  storyKind
	depth int     // groups open when it began, its own among them
	outer *writer // the text that it interrupts
}

type storyKind uint8

const (
	noStory storyKind = iota
	pageHeader
	pageFooter
	note
	textBox
)

// kindsOfStories are the destinations that hold them.
var kindsOfStories = map[string]storyKind{
	"header": pageHeader, "headerl": pageHeader, "headerr": pageHeader, "headerf": pageHeader,
	"footer": pageFooter, "footerl": pageFooter, "footerr": pageFooter, "footerf": pageFooter,
	"footnote": note, "shptxt": textBox, "dptxbxtext": textBox,
}

// apart are the finished stories that have places of their own in the document.
type apart struct {
	headers, footers, notes writer
	seen                    map[string]bool // page headers and footers, which sections repeat
	warnings                []document.Warning
}

// openStory begins a story where the word is a destination of one.
func (p *parser) openStory(name string) bool {
	kind := kindsOfStories[name]
	if kind == noStory {
		return false
	}
	if !p.state.skip {
		p.stories = append(p.stories, story{kind, len(p.stack), p.out})
		p.out = newWriter()
	}
	return true
}

// closeStory ends the innermost story when the group that it began in ends.
func (p *parser) closeStory(open int) {
	n := len(p.stories)
	if n == 0 || open >= p.stories[n-1].depth {
		return
	}
	s := p.stories[n-1]
	p.stories = p.stories[:n-1]
	cells := p.out.finish()
	p.out = s.outer
	switch s.kind {
	case pageHeader:
		p.apart.margin(&p.apart.headers, cells)
	case pageFooter:
		p.apart.margin(&p.apart.footers, cells)
	case note:
		p.apart.notes.take(cells)
	case textBox:
		boxes := writer{cellsOut: p.out.boxes}
		boxes.take(cells)
		p.out.boxes = boxes.cellsOut
	}
}

// margin keeps a page's header or footer, each text once.
func (a *apart) margin(into *writer, cells []document.Cell) {
	key := (&document.Document{Cells: cells}).Text()
	if a.seen[key] {
		return
	}
	if a.seen == nil {
		a.seen = map[string]bool{}
	}
	a.seen[key] = true
	for i := range cells {
		cells[i].Margin = true
	}
	into.take(cells)
}

// warn adds a warning, once.
func (p *parser) warn(w document.Warning) {
	if !slices.Contains(p.apart.warnings, w) {
		p.apart.warnings = append(p.apart.warnings, w)
	}
}

// document puts together page headers, the text, notes and page footers.
func (p *parser) document() *document.Document {
	for len(p.stories) > 0 {
		p.closeStory(-1)
	}
	var all writer
	for _, cells := range [...][]document.Cell{p.apart.headers.cellsOut, p.out.finish(), p.apart.notes.cellsOut, p.apart.footers.cellsOut} {
		all.take(cells)
	}
	return &document.Document{Cells: all.cellsOut, Warnings: p.apart.warnings}
}
