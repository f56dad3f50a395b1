package html

import (
	"strings"

	"golang.org/x/net/html"

	"referrald/parse/document"
)

// input reads a form control as the page's file states it; what a browser held beyond that is not in the file.
func (r *reader) input(n *html.Node, in look) {
	t := document.Token{Source: document.HTMLInput, Field: name(n), Style: document.Filled}
	switch n.Data {
	case "textarea":
		in.pre = true
		in.style |= document.Filled
		r.preformatted(wordsOfAll(n), in)
		return
	case "select":
		r.choice(n, t, in)
		return
	}
	switch strings.ToLower(attr(n, "type")) {
	case "checkbox", "radio":
		t.Mark = document.Unticked
		if hasAttr(n, "checked") {
			t.Mark = document.Ticked
		}
		r.add(t, in)
	case "hidden", "password", "submit", "button", "reset", "image", "file", "range", "color":
	default:
		t.Text = attr(n, "value")
		if t.Text == "" {
			t.Text = attr(n, "placeholder")
			t.Style |= document.Placeholder
		}
		if t.Text != "" {
			r.add(t, in)
		}
	}
}

// choice reads a list: the options that are chosen. Where none is, the browser shows the first, which nobody chose.
func (r *reader) choice(n *html.Node, t document.Token, in look) {
	options := optionsOf(n, nil)
	chosen := 0
	for _, o := range options {
		if !hasAttr(o, "selected") {
			continue
		}
		if chosen > 0 {
			r.add(document.Token{Text: ", "}, in)
		}
		chosen++
		t.Text = strings.Join(strings.Fields(wordsOf(o)), " ")
		if value := attr(o, "value"); hasAttr(o, "value") && value == "" {
			t.Style |= document.Placeholder
		}
		r.add(t, in)
	}
	if chosen == 0 && len(options) > 0 && !hasAttr(n, "multiple") {
		t.Text = strings.Join(strings.Fields(wordsOf(options[0])), " ")
		t.Style |= document.Placeholder
		r.add(t, in)
	}
}

func optionsOf(n *html.Node, out []*html.Node) []*html.Node {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type != html.ElementNode {
			continue
		}
		if k.Data == "option" {
			out = append(out, k)
		} else {
			out = optionsOf(k, out)
		}
	}
	return out
}

// name returns a control's own name or title, a hint of what it is for.
func name(n *html.Node) string {
	for _, key := range [...]string{"aria-label", "title", "name", "id"} {
		if v := attr(n, key); v != "" {
			return v
		}
	}
	return ""
}

// ariaMark reads elements that scripts draw as boxes (WAI-ARIA 1.2, aria-checked).
func ariaMark(n *html.Node) (document.Mark, bool) {
	switch attr(n, "role") {
	case "checkbox", "radio", "menuitemcheckbox", "switch":
	default:
		return document.NoMark, false
	}
	switch attr(n, "aria-checked") {
	case "true":
		return document.Ticked, true
	case "false":
		return document.Unticked, true
	}
	return document.MarkUnknown, true
}

// wordsOfAll returns all text below a node.
func wordsOfAll(n *html.Node) string {
	var b strings.Builder
	gather(&b, n, MaxSize)
	return b.String()
}
