package docx

import (
	"path"
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// doubtBound is how far a control is believed whose data say something else than it shows: Word shows the data when it
// opens the document, other programs what stands in the text.
const doubtBound = 0.5

// bound returns what the data say that a control is bound to (17.5.2.6), and whether there are any. Generated documents
// come with their values in the data alone.
func (r *reader) bound(c control) (string, bool) {
	binding := c.pr.Child("dataBinding")
	if binding == nil || !c.filled || c.pr.Child("date") != nil || c.checkbox != nil {
		return "", false // a day is stored in another form than it is shown; a box compares for itself
	}
	n := follow(r.dataParts()[strings.ToLower(binding.Value("storeItemID"))], binding.Value("xpath"))
	if n == nil || n.Find("") == nil {
		return "", false
	}
	value := strings.TrimSpace(n.Words())
	if strings.HasPrefix(value, "<") { // rich text is bound to a document within the data
		return "", false
	}
	for _, name := range [...]string{"dropDownList", "comboBox"} {
		if list := c.pr.Child(name); list != nil {
			value = displayOf(list, value)
		}
	}
	return value, true
}

// displayOf returns the words of a list's item by its value.
func displayOf(list *part.Node, value string) string {
	for _, item := range list.Kids {
		if shown := item.Value("displayText"); item.Value("value") == value && shown != "" {
			return shown
		}
	}
	return value
}

// dataParts returns the roots of the document's data by their identifiers ([ECMA-376-1] 15.2.4, 15.2.6).
func (r *reader) dataParts() map[string]*part.Node {
	if r.data != nil {
		return r.data
	}
	r.data = map[string]*part.Node{}
	for _, name := range r.archive.Names("customXml/item") {
		if strings.Contains(name, "props") || path.Ext(name) != ".xml" {
			continue
		}
		number := strings.TrimSuffix(strings.TrimPrefix(path.Base(name), "item"), ".xml")
		props, err := r.archive.Tree("customXml/itemProps" + number + ".xml")
		if err != nil {
			continue
		}
		if root, err := r.archive.Tree(name); err == nil {
			r.data[strings.ToLower(props.Value("itemID"))] = &part.Node{Kids: []*part.Node{root}}
		}
	}
	return r.data
}

// follow goes the way of an XPath as Word writes it, names and numbers of elements alone: /ns0:form[1]/ns0:name[1].
func follow(n *part.Node, xpath string) *part.Node {
	if !strings.HasPrefix(xpath, "/") {
		return nil
	}
	for step := range strings.SplitSeq(xpath[1:], "/") {
		name, index, _ := strings.Cut(step, "[")
		if _, local, ok := strings.Cut(name, ":"); ok {
			name = local
		}
		left, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
		if err != nil {
			left = 1
		}
		n = child(n, name, left)
	}
	return n
}

// child returns the so manieth child of that name, or nil.
func child(n *part.Node, name string, left int) *part.Node {
	if n == nil {
		return nil
	}
	for _, k := range n.Kids {
		if k.Name == name && name != "" {
			if left--; left == 0 {
				return k
			}
		}
	}
	return nil
}

// compare lets a control's data speak beside its words: alone where it shows its prompt or nothing, else as doubts of
// both where they differ.
func (r *reader) compare(c control, at place) (place, bool) {
	value, ok := r.bound(c)
	if !ok || value == "" {
		return at, false
	}
	shown := strings.TrimSpace(visible(c.kids()))
	if !c.placeholder && sameWords(shown, value) {
		return at, false
	}
	at.control.Confidence = doubtBound
	if c.placeholder || shown == "" {
		c.placeholder = false
		like := c.inside(at).control
		like.Style |= at.look.style()
		like.Text = value
		r.out.Add(like)
		return at, true
	}
	r.out.Warn(document.UnreadControl)
	return at, false
}

// sameWords compares texts without regard to spaces and breaks.
func sameWords(a, b string) bool {
	return strings.Join(strings.Fields(a), "") == strings.Join(strings.Fields(b), "")
}
