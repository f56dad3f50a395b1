package xlsx

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"referrald/parse/document"
	"referrald/parse/part"
)

// readTexts reads the strings that cells share (18.4.9).
func readTexts(a *part.Archive) ([][]document.Token, error) {
	root, err := a.Tree("xl/sharedStrings.xml")
	if errors.Is(err, part.ErrAbsent) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading xlsx: %w", err)
	}
	var out [][]document.Token
	for _, si := range root.Kids {
		if si.Name == "si" {
			out = append(out, richText(si))
		}
	}
	return out, nil
}

// richText reads a text or its runs (18.4.4), without the hints of how it is spoken.
func richText(n *part.Node) []document.Token {
	var out []document.Token
	for _, k := range n.Kids {
		switch k.Name {
		case "t":
			out = append(out, document.Token{Text: k.Words()})
		case "r":
			f := fontOf(k.Child("rPr"))
			text := k.Child("t").Words()
			if f.name != "" && document.DrawsSymbols(f.name) {
				out = append(out, document.SymbolTokens(f.name, text, document.Token{Style: f.style})...)
				continue
			}
			out = append(out, document.Token{Text: text, Style: f.style})
		}
	}
	return out
}

// value returns what a cell shows (18.3.1.4).
func (r *reader) value(c *part.Node) []document.Line {
	f := r.formatOf(c)
	v := c.Child("v").Words()
	switch c.Value("t") {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || i < 0 || i >= len(r.texts) {
			return nil
		}
		return linesOf(r.texts[i], f)
	case "inlineStr":
		if is := c.Child("is"); is != nil {
			return linesOf(richText(is), f)
		}
		return nil
	case "b": // a box of Excel's own, or the state of one that lies elsewhere
		t := document.Token{Text: "TRUE", Mark: document.Ticked, Source: document.LegacyField}
		if !isOn(strings.TrimSpace(v)) {
			t.Text, t.Mark = "FALSE", document.Unticked
		}
		return []document.Line{{Tokens: []document.Token{t}}}
	case "str", "d":
		return linesOf([]document.Token{{Text: v}}, f)
	case "e":
		return nil
	}
	return linesOf([]document.Token{{Text: r.number(v, f)}}, f)
}

// linesOf parts tokens at their line breaks and lays the cell's look over them.
func linesOf(tokens []document.Token, f format) []document.Line {
	lines := []document.Line{{}}
	for _, t := range tokens {
		for i, text := range strings.Split(strings.ReplaceAll(t.Text, "\r\n", "\n"), "\n") {
			if i > 0 {
				lines = append(lines, document.Line{})
			}
			last := &lines[len(lines)-1]
			like := t
			like.Text = text
			like.Style |= f.font.style
			if t.Mark == document.NoMark && document.DrawsSymbols(f.font.name) {
				last.Tokens = append(last.Tokens, document.SymbolTokens(f.font.name, text, like)...)
				continue
			}
			last.Tokens = append(last.Tokens, like)
		}
	}
	return lines
}

// number shows a number: as much of a day as its format does, else as the file has it. Sums of money and the like lose their
// signs, which nothing here needs.
func (r *reader) number(v string, f format) string {
	v = strings.TrimSpace(v)
	if f.day == "" {
		return v
	}
	serial, err := strconv.ParseFloat(v, 64)
	if err != nil || serial < 1 || serial > lastDay {
		return v
	}
	// Day 1 is 1 January 1900, and 1900 counts as a leap year, as in Lotus 1-2-3; or day 0 is 1 January 1904.
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if r.date1904 {
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return first.AddDate(0, 0, int(math.Floor(serial))).Format(f.day)
}

// lastDay is 31 December 9999.
const lastDay = 2_958_465
