package odt

import (
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// A fieldMark is an open LibreOffice field mark: Word's legacy form fields are kept so.
type fieldMark struct {
	kind    string // the last word of its type, "FORMTEXT"
	name    string
	command bool // before its separator: code, not text
}

// field reads fields and controls in text. It tells whether n was one.
func (r *reader) field(n *part.Node, at place) bool {
	switch n.Name {
	case "fieldmark":
		r.emptyMark(n, at)
	case "fieldmark-start":
		r.openMark(n, at)
	case "fieldmark-separator":
		if len(r.marks) > 0 {
			r.marks[len(r.marks)-1].command = false
		}
	case "fieldmark-end":
		if len(r.marks) > 0 {
			r.marks = r.marks[:len(r.marks)-1]
		}
	case "content-control":
		r.contentControl(n, at, r.inline)
	case "text-input":
		r.inline(n.Kids, filled(at, n.Value("description"), 0))
	case "placeholder":
		r.inline(n.Kids, filled(at, n.Value("description"), document.Placeholder))
	case "drop-down":
		r.dropDown(n, at)
	case "hidden-text", "hidden-paragraph":
		if n.Value("is-hidden") != "true" && n.Name == "hidden-text" {
			r.inline(n.Kids, at)
		}
	default:
		return false
	}
	return true
}

func filled(at place, name string, more document.Style) place {
	at.control.Source = document.LegacyField
	at.control.Style |= document.Filled | more
	if name != "" {
		at.control.Field = name
	}
	return at
}

func kindOf(n *part.Node) string {
	kind := n.Value("type")
	return kind[strings.LastIndexByte(kind, '.')+1:]
}

// param returns a field mark's parameter and whether it is there.
func param(n *part.Node, name string) (string, bool) {
	for _, k := range n.Kids {
		if k.Name == "param" && k.Value("name") == name {
			return k.Value("value"), true
		}
	}
	return "", false
}

// emptyMark reads a field mark without text of its own: a check box or a list.
func (r *reader) emptyMark(n *part.Node, at place) {
	switch kindOf(n) {
	case "FORMCHECKBOX":
		r.mark(checkedMark(n), document.LegacyField, n.Value("name"), at)
	case "FORMDROPDOWN":
		r.chosenEntry(n, at)
	}
}

// checkedMark reads the state of a check box; LibreOffice writes none for an empty one.
func checkedMark(n *part.Node) document.Mark {
	if v, _ := param(n, "Checkbox_Checked"); v == "true" || v == "1" {
		return document.Ticked
	}
	return document.Unticked
}

func (r *reader) chosenEntry(n *part.Node, at place) {
	v, chosen := param(n, "Dropdown_Selected")
	index, err := strconv.Atoi(v)
	if err != nil {
		index = 0
	}
	style := document.Style(0)
	if !chosen {
		style = document.Placeholder
	}
	for _, k := range n.Kids {
		if k.Name != "param" || k.Value("name") != "Dropdown_ListEntry" {
			continue
		}
		if index == 0 {
			r.add(k.Value("value"), filled(at, n.Value("name"), style))
			return
		}
		index--
	}
}

func (r *reader) openMark(n *part.Node, at place) {
	kind := kindOf(n)
	if kind == "FORMCHECKBOX" {
		r.mark(checkedMark(n), document.LegacyField, n.Value("name"), at)
	}
	r.marks = append(r.marks, fieldMark{kind: kind, name: n.Value("name")})
}

// textMark returns the innermost open text field, or nil.
func (r *reader) textMark() *fieldMark {
	if n := len(r.marks); n > 0 && (r.marks[n-1].kind == "FORMTEXT" || r.marks[n-1].kind == "FORMDATE") {
		return &r.marks[n-1]
	}
	return nil
}

func (r *reader) inCommand() bool {
	for _, m := range r.marks {
		if m.command {
			return true
		}
	}
	return false
}

// dropDown reads an input list (7.4.17): what it shows.
func (r *reader) dropDown(n *part.Node, at place) {
	shown := strings.TrimSpace(n.Words())
	if shown == "" {
		for _, label := range n.Kids {
			if label.Value("current-selected") == "true" {
				shown = label.Value("value")
			}
		}
	}
	r.add(shown, filled(at, n.Value("name"), 0))
	r.atSpace = false
}

// contentControl reads LibreOffice's content controls, Word's by another spelling; read goes on inside it.
func (r *reader) contentControl(n *part.Node, at place, read func([]*part.Node, place)) {
	field := n.Value("alias")
	if field == "" {
		field = n.Value("tag")
	}
	if n.Value("checkbox") == "true" {
		r.checkbox(n, at, field)
		return
	}
	if n.Find("content-control") == nil && n.Value("picture") != "true" {
		at.control.Source = document.ContentControl
		at.control.Style |= document.Filled
		at.control.Field = field
		if n.Value("showing-place-holder") == "true" {
			at.control.Style |= document.Placeholder
		}
	}
	read(n.Kids, at)
}

// checkbox reads a check box control. What it stores and what it shows must agree: where they do not, its state is
// unknown.
func (r *reader) checkbox(n *part.Node, at place, field string) {
	t := at.control
	t.Mark, t.Source, t.Field = document.Unticked, document.ContentControl, field
	t.Style |= at.look.style | document.Filled
	if n.Value("checked") == "true" {
		t.Mark = document.Ticked
	}
	t.Text = strings.TrimSpace(n.Words())
	seen := document.NoMark
	switch t.Text {
	case "":
	case n.Value("checked-state"):
		seen = document.Ticked
	case n.Value("unchecked-state"):
		seen = document.Unticked
	default:
		seen = document.MarkOf([]rune(t.Text)[0])
	}
	if seen != document.NoMark && seen != t.Mark {
		t.Mark = document.MarkUnknown
	}
	if !at.look.hidden {
		r.out.Add(t)
		r.atSpace = false
	}
}
