package docx

import (
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// The class identifiers of Microsoft Forms ([MS-OFORMS] 2.4) begin so.
const (
	classTextBox      = "{8bd21d10"
	classComboBox     = "{8bd21d30"
	classCheckBox     = "{8bd21d40"
	classOptionButton = "{8bd21d50"
	classToggleButton = "{8bd21d60"
)

// activeX reads a control of Microsoft Forms (17.3.3.3). Word keeps most of them as binary streams, which are not read: a
// box then is of unknown state, and staff are told. Those kept as property bags are read.
func (r *reader) activeX(n *part.Node, like document.Token) {
	control, err := r.archive.Tree(r.rels[n.Value("id")].Target)
	if err != nil {
		r.out.Warn(document.UnreadControl)
		return
	}
	value, readable := property(control, "Value")
	like.Source, like.Field, like.Style = document.LegacyField, n.Value("name"), like.Style|document.Filled
	class := strings.ToLower(control.Value("classid"))
	switch {
	case strings.HasPrefix(class, classCheckBox), strings.HasPrefix(class, classOptionButton), strings.HasPrefix(class, classToggleButton):
		if like.Mark = activeMark(value); like.Mark == document.MarkUnknown {
			r.out.Warn(document.UnreadControl)
		}
		r.out.Add(like)
		if caption, ok := property(control, "Caption"); ok {
			r.out.Add(document.Token{Text: " " + caption})
		}
	case strings.HasPrefix(class, classTextBox), strings.HasPrefix(class, classComboBox):
		if !readable {
			r.out.Warn(document.UnreadControl)
		}
		like.Text = value
		r.out.Add(like)
	}
}

func activeMark(value string) document.Mark {
	switch strings.ToLower(value) {
	case "1", "-1", "true":
		return document.Ticked
	case "0", "false":
		return document.Unticked
	}
	return document.MarkUnknown
}

// property returns a value of a control's property bag and whether it is there.
func property(control *part.Node, name string) (string, bool) {
	for _, k := range control.Kids {
		if k.Name == "ocxPr" && k.Value("name") == name {
			return k.Get("value")
		}
	}
	return "", false
}
