package parse

import (
	"slices"
	"strings"

	"referrald/parse/document"
	"referrald/parse/form"
)

// A Lexicon finds the forms and screening tools in a document; it is a *form.Lexicon. The name is the file's, the part
// its place in the message.
type Lexicon interface {
	Read(d *document.Document, name string, part int) []form.Sheet
}

// Assemble brings what was read of one message's files together: which document is what, one Referral for each child, and
// the prose of the mail apart from its signatures and quotations. Extracts come in the order of the message. Of a body
// that comes as text and as HTML either or both may be given; what both say counts once.
func Assemble(extracts []Extract, subject string, lex Lexicon) Reading {
	var sheets []form.Sheet
	m := mail{}
	m.subject(subject)
	r := Reading{}
	docs, home := bindPhotographs(extracts, lex)
	kinds := make([]DocumentKind, len(extracts))
	for i, x := range extracts {
		if home[i] != i {
			r.Documents = append(r.Documents, DocumentNote{Name: x.Name, Format: x.Format, Kind: kinds[home[i]], SHA256: x.SHA256})
			continue
		}
		x.Document = docs[i]
		found := readSheets(&x, i, lex)
		if x.Body && x.Document != nil {
			endSheets(found, x.Document)
		}
		sheets = append(sheets, found...)
		note := noteOf(&x, found)
		kinds[i] = note.Kind
		if !x.Body || note.Kind != KindOther || len(note.Unread) > 0 {
			r.Documents = append(r.Documents, note)
		}
		switch {
		case x.Document == nil:
		case x.Body:
			m.body(&x, found)
		case len(found) == 0:
			m.other(&x)
		default:
			m.beside(&x, found)
		}
	}
	r.Referrals = referrals(sheets)
	r.Passages = m.passages
	return r
}

// readSheets has the lexicon find forms and tools in a file. The sheets know where they came from even if the lexicon
// does not say.
func readSheets(x *Extract, part int, lex Lexicon) []form.Sheet {
	if x.Document == nil {
		return nil
	}
	sheets := lex.Read(x.Document, x.Name, part)
	for i := range sheets {
		sheets[i].Part, sheets[i].Document, sheets[i].Format = part, x.Name, x.Format
	}
	return sheets
}

// noteOf says what a file turned out to be.
func noteOf(x *Extract, sheets []form.Sheet) DocumentNote {
	n := DocumentNote{Name: x.Name, Format: x.Format, Kind: KindOther, Why: x.Why, Inline: x.Inline, SHA256: x.SHA256}
	for i := range sheets {
		n.Kind = n.Kind.with(sheets[i].Kind)
	}
	if n.Kind == KindOther && n.Why == "" && isUnread(x) {
		n.Why = document.NoText
	}
	switch {
	case n.Why != "":
		n.Kind = KindUnreadable
	case x.Document != nil:
		n.Unread = unreadOf(x.Document)
	}
	return n
}

// unreadOf lists what was not read of a document: what its reader says, and pictures of pages that no OCR put into words.
func unreadOf(d *document.Document) []document.Warning {
	if len(d.Scans) == 0 || isRecognised(d) || slices.Contains(d.Warnings, document.UnreadPage) {
		return d.Warnings
	}
	return append(slices.Clone(d.Warnings), document.UnreadPage)
}

// with returns the kind of a document in which one more sheet was found.
func (k DocumentKind) with(s form.Kind) DocumentKind {
	found := KindForm
	if s == form.ScreeningTool {
		found = KindTool
	}
	if k == KindOther || k == found {
		return found
	}
	return KindBoth
}

// isUnread tells a document in which no sheet was found and that may well hold one: pictures that no OCR has read, or a
// word processor's file without a single word.
func isUnread(x *Extract) bool {
	d := x.Document
	if d == nil {
		return false
	}
	if len(d.Scans) > 0 {
		return !isRecognised(d)
	}
	return !x.Body && strings.TrimSpace(d.Text()) == ""
}

// isRecognised tells whether OCR has put words into the document.
func isRecognised(d *document.Document) bool {
	for i := range d.Cells {
		for _, l := range d.Cells[i].Lines {
			for _, t := range l.Tokens {
				if t.Source == document.Recognised {
					return true
				}
			}
		}
	}
	return false
}
