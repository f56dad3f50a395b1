package ingest

import (
	"regexp"
	"strings"
)

// A report is what a machine says in a part made for machines: a delivery status (RFC 3464), a receipt (RFC 8098), or the
// header of the message that it is about.
type report struct {
	mediaType string
	actions   []string // of a delivery status, lower case
	ids       []string // Message-IDs that are quoted
}

var (
	actionLine = regexp.MustCompile(`(?im)^action:\s*([a-z]+)`)
	idLine     = regexp.MustCompile(`(?im)^(?:original-|x-original-)?message-id:\s*(<[^<>\s]+>)`)
)

// reported takes what a leaf reports. True says that it has nothing for a reader.
func (w *walker) reported(e entity, data []byte) bool {
	switch e.mediaType {
	case "message/delivery-status", "message/global-delivery-status", "message/disposition-notification", "message/global-disposition-notification",
		"text/rfc822-headers", "message/rfc822-headers", "message/global-headers", "message/feedback-report":
	default:
		return false
	}
	r := report{mediaType: e.mediaType, ids: quotedIDs(string(data))}
	for _, m := range actionLine.FindAllStringSubmatch(string(data), -1) {
		r.actions = append(r.actions, strings.ToLower(m[1]))
	}
	w.reports = append(w.reports, r)
	return true
}

// report notes which message is attached.
func (w *walker) report(e entity, h header) {
	if id := firstID(h.Get("Message-Id")); id != "" {
		w.reports = append(w.reports, report{mediaType: e.mediaType, ids: []string{id}})
	}
}

// quotedIDs finds the Message-ID lines in a text.
func quotedIDs(text string) []string {
	var out []string
	for _, m := range idLine.FindAllStringSubmatch(text, 50) {
		out = append(out, messageIDs(m[1])...)
	}
	return out
}

// failed tells a delivery status by which something was not delivered: not one that only says that it takes longer.
func failed(reports []report) (stated, bad bool) {
	for _, r := range reports {
		for _, a := range r.actions {
			stated = true
			bad = bad || a == "failed"
		}
	}
	return stated, bad
}
