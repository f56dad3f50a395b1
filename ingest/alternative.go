package ingest

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// choose keeps one body of a multipart/alternative, and everything of all its branches that is no body: an attachment
// inside one branch is never lost.
func choose(kids [][]leaf) []leaf {
	best := -1
	for i, k := range kids {
		if rank(k) == 0 {
			continue
		}
		if best < 0 || rank(k) > rank(kids[best]) {
			best = i
		}
	}
	text, page := branch(kids, "text/plain"), branch(kids, "text/html")
	if text >= 0 && page >= 0 && !pageSaysMore(bodyOf(kids[page]), bodyOf(kids[text])) {
		best = text
	}
	var out []leaf
	for i, k := range kids {
		for _, l := range k {
			if i == best || !l.Body {
				out = append(out, l)
			}
		}
	}
	return out
}

// rank orders the kinds of body.
func rank(leaves []leaf) int {
	most := 0
	for _, l := range leaves {
		if !l.Body {
			continue
		}
		most = max(most, 1+slices.Index([]string{"text/enriched", "text/plain", "text/html"}, l.MediaType))
		if l.MediaType == "text/x-amp-html" || l.MediaType == "text/watch-html" {
			most = max(most, 1)
		}
	}
	return most
}

func branch(kids [][]leaf, mediaType string) int {
	return slices.IndexFunc(kids, func(k []leaf) bool {
		return slices.ContainsFunc(k, func(l leaf) bool { return l.Body && l.MediaType == mediaType && !l.Forwarded })
	})
}

func bodyOf(leaves []leaf) []byte {
	var out []byte
	for _, l := range leaves {
		if l.Body {
			out = append(out, l.Data...)
		}
	}
	return out
}

// pageSaysMore tells a page that holds a table, fields or a quoted mail, or of which the text beside it is only a stub.
func pageSaysMore(page, text []byte) bool {
	words, structured := look(page)
	return structured || letters(text)*5 < words*4 || onlyPages.Match(page)
}

// onlyPages matches what pages say without a tag of its own and plain text loses: struck words, boxes drawn with a font of
// symbols, where a quoted mail begins, and that a file lies behind a link.
var onlyPages = regexp.MustCompile(`(?i)line-through|wingdings|webdings|gmail_quote|yahoo_quoted|protonmail_quote|divRplyFwdMsg|appendonsend|OutlookMessageHeader|OLK_SRC_BODY` +
	`|sharepoint\.com/:|1drv\.ms/|onedrive\.live\.com/|(?:docs|drive)\.google\.com/|dropbox\.com/s|\bwe\.tl/|wetransfer\.com/|\.box\.com/s/|icloud\.com/iclouddrive|mega\.nz/`)

// look counts a page's visible letters and looks for what plain text cannot show.
func look(page []byte) (visible int, structured bool) {
	z := html.NewTokenizer(bytes.NewReader(page))
	hidden := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return visible, structured
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch tag := string(name); tag {
			case "table", "input", "form", "select", "textarea", "del", "s", "strike", "blockquote":
				structured = true
			case "style", "script", "title":
				hidden = tag
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == hidden {
				hidden = ""
			}
		case html.TextToken:
			if hidden == "" {
				visible += letters(z.Text())
			}
		}
	}
}

func letters(text []byte) int {
	n := 0
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
		text = text[size:]
	}
	return n
}

// plain returns a body's words, a page's without its tags.
func plain(p Part) string {
	if p.MediaType != "text/html" {
		return string(p.Data)
	}
	var b strings.Builder
	z := html.NewTokenizer(bytes.NewReader(p.Data))
	hidden := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch tag := string(name); tag {
			case "style", "script", "title":
				hidden = tag
			case "p", "div", "br", "tr", "li", "blockquote":
				b.WriteByte('\n')
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == hidden {
				hidden = ""
			}
		case html.TextToken:
			if hidden == "" {
				b.Write(z.Text())
			}
		}
	}
}
