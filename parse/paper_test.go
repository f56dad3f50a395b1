package parse_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strings"

	"referrald/parse/document"
)

// A paper is a form or tool as somebody laid it out and filled it in, before it is any format's file.
type paper []block

// A block is a paragraph or, where it has rows, a table.
type block struct {
	line inks
	rows [][]slot
}

// A slot is one cell of a table.
type slot struct {
	lines  []inks
	span   int
	shaded bool
}

type inks []ink

// An ink is a run of text of one look, a field with its value, or a box.
type ink struct {
	text string
	look document.Style
	kind inkKind
	on   bool // of a box
}

type inkKind uint8

const (
	written  inkKind = iota
	control          // a content control with a value
	prompt           // a content control that shows its prompt
	legacy           // a text form field of Word 97
	choice           // a drop-down control
	deleted          // a tracked deletion
	inserted         // a tracked insertion
	boxControl
	boxLegacy
	boxGlyph
	boxSymbol
	boxBracket
)

func plain(text string) inks { return inks{{text: text}} }

func bold(text string) inks { return inks{{text: text, look: document.Bold}} }

func para(parts ...inks) block { return block{line: joined(parts...)} }

func joined(parts ...inks) (out inks) {
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func cell(lines ...inks) slot { return slot{lines: lines} }

// docx writes the paper as a Word document.
func (p paper) docx() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>`)
	for _, k := range p {
		if k.rows == nil {
			b.WriteString(k.line.wordParagraph())
			continue
		}
		b.WriteString("<w:tbl>")
		for _, row := range k.rows {
			b.WriteString("<w:tr>")
			for _, c := range row {
				b.WriteString(c.word())
			}
			b.WriteString("</w:tr>")
		}
		b.WriteString("</w:tbl>")
	}
	b.WriteString(`</w:body></w:document>`)
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range map[string]string{"[Content_Types].xml": "<Types/>", "word/document.xml": b.String()} {
		if w, err := z.Create(name); err == nil {
			w.Write([]byte(text)) // a buffer takes everything
		}
	}
	z.Close()
	return buf.Bytes()
}

func (s slot) word() string {
	pr := ""
	if s.span > 1 {
		pr += fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, s.span)
	}
	if s.shaded {
		pr += `<w:shd w:val="clear" w:color="auto" w:fill="FFC000"/>`
	}
	out := "<w:tc><w:tcPr>" + pr + "</w:tcPr>"
	for _, l := range s.lines {
		out += l.wordParagraph()
	}
	if len(s.lines) == 0 {
		out += "<w:p/>"
	}
	return out + "</w:tc>"
}

func (l inks) wordParagraph() string {
	out := "<w:p>"
	for _, i := range l {
		out += i.word()
	}
	return out + "</w:p>"
}

// word writes one ink as WordprocessingML.
func (i ink) word() string {
	run := i.wordRun(i.text)
	switch i.kind {
	case control:
		return `<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>` + run + `</w:sdtContent></w:sdt>`
	case prompt:
		return `<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>` + i.wordRun("Click or tap here to enter text.") + `</w:sdtContent></w:sdt>`
	case choice:
		return `<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="Choose an item." w:value=""/></w:dropDownList></w:sdtPr><w:sdtContent>` + run + `</w:sdtContent></w:sdt>`
	case legacy:
		return `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	case deleted:
		return `<w:del><w:r><w:delText>` + html.EscapeString(i.text) + `</w:delText></w:r></w:del>`
	case inserted:
		return `<w:ins>` + run + `</w:ins>`
	case boxControl:
		return fmt.Sprintf(`<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="%d"/></w14:checkbox></w:sdtPr><w:sdtContent>`, digit(i.on)) + i.wordRun(i.glyph()) + `</w:sdtContent></w:sdt>`
	case boxLegacy:
		return fmt.Sprintf(`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked w:val="%d"/></w:checkBox></w:ffData></w:fldChar></w:r>`, digit(i.on)) +
			`<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	case boxSymbol:
		return `<w:r><w:sym w:font="Wingdings" w:char="` + map[bool]string{true: "F0FE", false: "F0A8"}[i.on] + `"/></w:r>`
	case boxGlyph, boxBracket:
		return i.wordRun(i.glyph())
	}
	return run
}

func (i ink) wordRun(text string) string {
	pr := ""
	for look, name := range map[document.Style]string{document.Bold: "<w:b/>", document.Italic: "<w:i/>", document.Struck: "<w:strike/>",
		document.Underlined: `<w:u w:val="single"/>`, document.Highlighted: `<w:highlight w:val="yellow"/>`, document.Circled: `<w:bdr w:val="single" w:sz="4" w:space="0" w:color="auto"/>`} {
		if i.look.Has(look) {
			pr += name
		}
	}
	return `<w:r><w:rPr>` + pr + `</w:rPr><w:t xml:space="preserve">` + html.EscapeString(text) + `</w:t></w:r>`
}

func digit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// glyph returns what a box shows on paper.
func (i ink) glyph() string {
	switch {
	case i.text != "":
		return i.text
	case i.kind == boxBracket && i.on:
		return "[x]"
	case i.kind == boxBracket:
		return "[ ]"
	case i.on:
		return "☒"
	}
	return "☐"
}

// isBox tells an ink that is a box.
func (i ink) isBox() bool { return i.kind >= boxControl }

// html writes the paper as the body of an HTML mail.
func (p paper) html() []byte {
	var b strings.Builder
	b.WriteString("<html><body>")
	for _, k := range p {
		if k.rows == nil {
			b.WriteString("<p>" + k.line.html() + "</p>\n")
			continue
		}
		b.WriteString("<table border=1>")
		for _, row := range k.rows {
			b.WriteString("<tr>")
			for _, c := range row {
				b.WriteString(c.html())
			}
			b.WriteString("</tr>\n")
		}
		b.WriteString("</table>")
	}
	return []byte(b.String() + "</body></html>")
}

func (s slot) html() string {
	attr := ""
	if s.span > 1 {
		attr = fmt.Sprintf(` colspan="%d"`, s.span)
	}
	if s.shaded {
		attr += ` style="background:#FFC000"`
	}
	var lines []string
	for _, l := range s.lines {
		lines = append(lines, l.html())
	}
	return "<td" + attr + ">" + strings.Join(lines, "<br>") + "</td>"
}

func (l inks) html() string {
	out := ""
	for _, i := range l {
		text := strings.ReplaceAll(html.EscapeString(i.text), "\t", " &nbsp; &nbsp; ")
		switch {
		case i.kind == deleted:
			text = "<del>" + text + "</del>"
		case i.kind == prompt:
			text = "Click or tap here to enter text."
		case i.kind == boxLegacy:
			text = `<input type="checkbox"` + map[bool]string{true: " checked", false: ""}[i.on] + `>`
		case i.isBox():
			text = html.EscapeString(i.glyph())
		}
		for look, name := range map[document.Style]string{document.Bold: "b", document.Italic: "i", document.Struck: "s", document.Underlined: "u", document.Highlighted: "mark"} {
			if i.look.Has(look) {
				text = "<" + name + ">" + text + "</" + name + ">"
			}
		}
		if i.look.Has(document.Circled) {
			text = `<span style="border:1px solid">` + text + `</span>`
		}
		out += text
	}
	return out
}

// text writes the paper as a plain mail's text, the cells of a row parted by tabs or, where one has several lines, line by
// line. Looks are lost in it.
func (p paper) text() []byte {
	var b strings.Builder
	for _, k := range p {
		if k.rows == nil {
			b.WriteString(k.line.text() + "\n")
			continue
		}
		for _, row := range k.rows {
			b.WriteString(rowText(row) + "\n")
		}
	}
	return []byte(b.String())
}

func rowText(row []slot) string {
	var cells []string
	sep := "\t"
	for _, c := range row {
		var lines []string
		for _, l := range c.lines {
			lines = append(lines, l.text())
		}
		if len(lines) > 1 {
			sep = "\n"
		}
		cells = append(cells, strings.Join(lines, "\n"))
	}
	return strings.TrimRight(strings.Join(cells, sep), "\t\n")
}

func (l inks) text() string {
	out := ""
	for _, i := range l {
		switch {
		case i.kind == deleted:
		case i.kind == prompt:
			out += "Click or tap here to enter text."
		case i.isBox():
			out += i.glyph()
		default:
			out += i.text
		}
	}
	return out
}

// showsLooks tells whether anything of the paper is said by looks alone, which plain text loses.
func (p paper) showsLooks() bool {
	const telling = document.Struck | document.Underlined | document.Highlighted | document.Circled
	for _, k := range p {
		lines := []inks{k.line}
		for _, row := range k.rows {
			for _, c := range row {
				if lines = append(lines, c.lines...); c.shaded {
					return true
				}
			}
		}
		for _, l := range lines {
			for _, i := range l {
				if i.look&telling != 0 {
					return true
				}
			}
		}
	}
	return false
}
