package parse

import (
	"referrald/parse/document"
	"referrald/parse/form"
)

// A File is one part of a message: a body text or an attachment, as decoded bytes.
type File struct {
	Name      string // as sent, made safe to print; empty for a body
	MediaType string // as declared; a hint only
	Body      bool   // the message's own text rather than an attachment
	Inline    bool   // shown inside the text (a logo in a signature)
	Data      []byte
}

// An Extract is what reading made of one File: a Document, or why there is none.
type Extract struct {
	Name     string             `json:"name"`
	Format   document.Format    `json:"format"`
	Body     bool               `json:"body,omitempty"`
	Inline   bool               `json:"inline,omitempty"`
	SHA256   string             `json:"sha256"` // of the decoded bytes, in hex
	Document *document.Document `json:"document,omitempty"`
	Why      document.Why       `json:"why,omitempty"` // set where Document is nil
}

// DocumentKind says what a file turned out to be, as in the explain contract.
type DocumentKind string

// The kinds of the explain contract.
const (
	KindForm       DocumentKind = "referral_form"
	KindTool       DocumentKind = "screening_tool"
	KindBoth       DocumentKind = "both"
	KindOther      DocumentKind = "other"
	KindUnreadable DocumentKind = "unreadable"
)

// A DocumentNote is one file of the message in short: for explain, for staff, for the rules about unreadable files.
type DocumentNote struct {
	Name   string          `json:"name"`
	Format document.Format `json:"format"`
	Kind   DocumentKind    `json:"kind"`
	Why    document.Why    `json:"why,omitempty"`
	Inline bool            `json:"inline,omitempty"` // shown inside the text
	SHA256 string          `json:"sha256"`

	Unread []document.Warning `json:"unread,omitempty"` // what was not read of a file of which the rest was
}

// A Reading is what all the documents of one message say.
type Reading struct {
	Documents []DocumentNote `json:"documents"`
	Referrals []Referral     `json:"referrals"` // one for each child, in the order of the attachments
	Passages  []form.Passage `json:"passages"`  // the mail's own prose: subject, body, quoted, footer, other documents
}

// A Referral is what a message says of one child: a form, a screening tool, or both.
type Referral struct {
	Form *form.Sheet `json:"form,omitempty"` // nil: no form for this child
	Tool *form.Sheet `json:"tool,omitempty"` // nil: no screening tool for this child

	Fields   map[form.Key]form.Value `json:"fields"` // of form and tool together; only what was read
	Statuses []form.CareStatus       `json:"statuses"`
	Factors  []form.Factor           `json:"factors"` // ticked, in the form's order
	Level    form.Level              `json:"level"`   // LevelAbsent without a tool

	Conflicts []form.Conflict `json:"conflicts,omitempty"` // within and between form and tool
	Passages  []form.Passage  `json:"passages,omitempty"`  // the prose about this child in its form and tool
}

// Value returns the text of a field, or "" where it was not read.
func (r *Referral) Value(k form.Key) string { return r.Fields[k].Text }
