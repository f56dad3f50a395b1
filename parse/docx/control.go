package docx

import (
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// A control is what matters of a content control's properties (17.5.2.38).
type control struct {
	pr, content *part.Node
	name        string
	checkbox    *part.Node // w14:checkbox ([MS-DOCX] 2.6.1.2)
	filled      bool       // what it holds is a value, not a part of the form
	placeholder bool       // it shows its prompt (17.5.2.39)
}

func readControl(n *part.Node) control {
	c := control{pr: n.Child("sdtPr"), content: n.Child("sdtContent")}
	c.name = c.pr.Child("alias").Value("val")
	if c.name == "" {
		c.name = c.pr.Child("tag").Value("val")
	}
	c.checkbox = c.pr.Child("checkbox")
	if show := c.pr.Child("showingPlcHdr"); show != nil {
		c.placeholder = isOn(show) == on
	}
	c.filled = c.holdsValue()
	return c
}

// holdsValue tells a control for one value from one that wraps a piece of the form: groups, repeated sections, galleries,
// labels locked against editing, and whatever holds tables or further controls.
func (c control) holdsValue() bool {
	for _, name := range [...]string{"group", "docPartObj", "docPartList", "repeatingSection", "repeatingSectionItem", "picture"} {
		if c.pr.Child(name) != nil {
			return false
		}
	}
	switch c.pr.Child("lock").Value("val") {
	case "contentLocked", "sdtContentLocked":
		return false
	}
	return c.content.Find("tbl") == nil && c.content.Find("sdt") == nil && c.content.Find("ffData") == nil
}

// inside returns the place within the control.
func (c control) inside(at place) place {
	if !c.filled {
		return at
	}
	at.control.Source = document.ContentControl
	at.control.Style |= document.Filled
	if c.placeholder {
		at.control.Style |= document.Placeholder
	}
	if c.name != "" {
		at.control.Field = c.name
	}
	return at
}

// kids returns the control's content. It may be empty.
func (c control) kids() []*part.Node {
	if c.content == nil {
		return nil
	}
	return c.content.Kids
}

// inlineControl reads a control among runs (17.5.2.31).
func (r *reader) inlineControl(n *part.Node, at place) {
	c := readControl(n)
	if c.checkbox != nil {
		r.checkbox(c, at)
		return
	}
	if iso := c.dateInstead(); iso != "" {
		like := c.inside(at).control
		like.Style |= at.look.style()
		like.Text = iso
		r.out.Add(like)
		return
	}
	at, said := r.compare(c, at)
	if !said {
		r.inline(c.kids(), r.choicePlace(c, at))
	}
}

// blockControl reads a control around paragraphs or tables (17.5.2.29). A check box that fills a paragraph keeps it.
func (r *reader) blockControl(n *part.Node, at place) {
	c := readControl(n)
	if c.checkbox != nil {
		r.checkbox(c, at)
		r.out.EndParagraph()
		return
	}
	at, said := r.compare(c, at)
	if said {
		r.out.EndParagraph()
		return
	}
	r.blocks(c.kids(), r.choicePlace(c, at))
}

// choicePlace is inside, with the prompt of a list known by its empty value (17.5.2.21): some writers leave out
// showingPlcHdr when the prompt is chosen.
func (r *reader) choicePlace(c control, at place) place {
	list := c.pr.Child("dropDownList")
	if list == nil {
		list = c.pr.Child("comboBox")
	}
	if list != nil && !c.placeholder {
		shown := strings.TrimSpace(visible(c.kids()))
		for _, item := range list.Kids {
			value, has := item.Get("value")
			if has && value == "" && item.Value("displayText") == shown {
				c.placeholder = true
			}
		}
	}
	return c.inside(at)
}

// checkbox reads a check box control. What it stores and what it shows must agree: where they do not, its state is
// unknown. Words that a writer put into the control beside the glyph are kept.
func (r *reader) checkbox(c control, at place) {
	shown := visible(c.kids())
	glyph, words := splitGlyph(shown)
	stored := document.Unticked
	if state := c.checkbox.Child("checked"); state != nil && isOn(state) == on {
		stored = document.Ticked
	}
	like := at.control
	like.Text, like.Mark, like.Source, like.Field = glyph, stored, document.ContentControl, c.name
	like.Style |= at.look.style() | document.Filled
	if seen := c.stateOf(glyph); seen != document.NoMark && seen != stored {
		like.Mark = document.MarkUnknown
	}
	r.out.Add(like)
	if words != "" {
		like = at.control
		like.Style |= at.look.style()
		like.Text = words
		r.out.Add(like)
	}
}

// stateOf returns what a glyph shows in this control, by the control's own two states first.
func (c control) stateOf(glyph string) document.Mark {
	if glyph == "" {
		return document.NoMark
	}
	r := []rune(glyph)[0]
	for name, mark := range map[string]document.Mark{"checkedState": document.Ticked, "uncheckedState": document.Unticked} {
		state := c.checkbox.Child(name)
		code, err := strconv.ParseUint(state.Value("val"), 16, 32)
		if err != nil {
			continue
		}
		if rune(code) == r || document.SymbolRune(state.Value("font"), rune(code)) == r {
			return mark
		}
	}
	return document.MarkOf(r)
}

// splitGlyph parts a check box's glyph from the words beside it.
func splitGlyph(shown string) (glyph, words string) {
	shown = strings.TrimSpace(shown)
	for i, r := range shown {
		if document.MarkOf(r) != document.NoMark {
			end := i + len(string(r))
			return string(r), shown[:i] + shown[end:]
		}
	}
	if len([]rune(shown)) == 1 {
		return shown, ""
	}
	return "", shown
}

// visible returns the words and symbols that nodes show, deletions left out.
func visible(kids []*part.Node) string {
	var b strings.Builder
	for _, n := range kids {
		switch n.Name {
		case "t":
			b.WriteString(n.Words())
		case "sym":
			if code, err := strconv.ParseUint(n.Value("char"), 16, 32); err == nil {
				if r := document.SymbolRune(symbolFont(n.Value("font")), rune(code)); r != 0 {
					b.WriteRune(r)
				}
			}
		case "del", "moveFrom", "sdtPr", "rPr", "pPr":
		default:
			b.WriteString(visible(n.Kids))
		}
	}
	return b.String()
}
