package odt

import (
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// shape reads a drawing object in text (10.3, 10.4): text boxes wait for the end of the paragraph, form controls stand
// where they are drawn, pictures are noted.
func (r *reader) shape(n *part.Node, at place) {
	switch n.Name {
	case "control":
		r.control(r.controls[n.Value("control")], at)
	case "frame":
		r.frame(n)
	case "g", "a":
		for _, k := range n.Kids {
			r.shape(k, at)
		}
	case "custom-shape", "rect":
		r.boxes = append(r.boxes, n)
	}
}

func (r *reader) frame(n *part.Node) {
	p := part.Picture{Width: inches(n.Value("width")), Height: inches(n.Value("height"))}
	for _, k := range n.Kids {
		switch k.Name {
		case "text-box":
			r.boxes = append(r.boxes, k)
		case "object", "object-ole":
			r.objects = append(r.objects, strings.TrimPrefix(k.Value("href"), "./"))
		case "image":
			if p.Name = strings.TrimPrefix(k.Value("href"), "./"); p.Name != "" && !r.out.Margin {
				r.pictures = append(r.pictures, p)
			}
		}
	}
}

// inches reads a length (18.3.18), and 0 where it is not known.
func inches(length string) float64 {
	for unit, perInch := range map[string]float64{"in": 1, "cm": 2.54, "mm": 25.4, "pt": 72} {
		if number, ok := strings.CutSuffix(length, unit); ok {
			v, err := strconv.ParseFloat(number, 64)
			if err != nil {
				return 0
			}
			return v / perInch
		}
	}
	return 0
}

// collectControls finds the form controls (13.5) by the ids that drawings refer to.
func (r *reader) collectControls(n *part.Node) {
	if n == nil {
		return
	}
	for _, k := range n.Kids {
		if id := k.Value("id"); id != "" {
			r.controls[id] = k
		}
		r.collectControls(k)
	}
}

// control reads a form control: its current state, else the one that the document gives it.
func (r *reader) control(n *part.Node, at place) {
	if n == nil {
		return
	}
	name := n.Value("name")
	switch n.Name {
	case "checkbox":
		r.mark(boxMark(n), document.LegacyField, name, at)
		r.caption(n, at)
	case "radio":
		r.mark(radioMark(n), document.LegacyField, name, at)
		r.caption(n, at)
	case "text", "textarea", "formatted-text", "combobox", "date", "time", "number":
		value, ok := n.Get("current-value")
		if !ok {
			value = n.Value("value")
		}
		if n.Name == "textarea" && value == "" {
			value = strings.TrimSpace(n.Words())
		}
		r.lines(value, filled(at, name, 0))
	case "listbox":
		r.listBox(n, filled(at, name, 0))
	}
}

// boxMark reads form:checkbox (13.5.15); a third state is unknown.
func boxMark(n *part.Node) document.Mark {
	state, ok := n.Get("current-state")
	if !ok {
		state = n.Value("state")
	}
	switch state {
	case "checked":
		return document.Ticked
	case "unknown":
		return document.MarkUnknown
	}
	return document.Unticked
}

func radioMark(n *part.Node) document.Mark {
	state, ok := n.Get("current-selected")
	if !ok {
		state = n.Value("selected")
	}
	if state == "true" {
		return document.Ticked
	}
	return document.Unticked
}

// caption adds the words that a control shows beside its box.
func (r *reader) caption(n *part.Node, at place) {
	if label := n.Value("label"); label != "" {
		r.add(" "+label, at)
	}
}

func (r *reader) lines(value string, at place) {
	for i, line := range strings.Split(value, "\n") {
		if i > 0 {
			r.out.Break()
		}
		r.add(line, at)
	}
	r.atSpace = false
}

func (r *reader) listBox(n *part.Node, at place) {
	chosen := ""
	for _, option := range n.Kids {
		state, ok := option.Get("current-selected")
		if !ok {
			state = option.Value("selected")
		}
		if option.Name == "option" && state == "true" {
			if chosen != "" {
				chosen += ", "
			}
			chosen += option.Value("label")
		}
	}
	r.add(chosen, at)
}
