package ingest

import (
	"bytes"
	"slices"
	"strings"
)

// A leaf is a Part with what settles later: which alternative it belongs to, and whether the page refers to it.
type leaf struct {
	Part
	id      string // Content-ID, or Content-Location
	related bool
	pinned  bool // declared an attachment
}

// A walker takes a tree apart, to the limits.
type walker struct {
	limits Limits
	left   int64 // decoded bytes that may still be read
	count  int   // leaves read
	notes  []string
	hashes []string

	reports []report // what machines report in parts of their own
}

// entity reads one entity of the tree and returns its leaves in their order.
func (w *walker) entity(h header, body []byte, depth int, forwarded bool) []leaf {
	if depth > w.limits.Depth {
		w.note(DefectDepth)
		return nil
	}
	if h.dropped {
		w.note(WarningHeader)
	}
	e := entity{header: h, body: body, depth: depth, forwarded: forwarded}
	e.describe()
	switch {
	case strings.HasPrefix(e.mediaType, "multipart/"):
		return w.multipart(e)
	case e.mediaType == "message/rfc822" || e.mediaType == "message/global" || strings.HasSuffix(strings.ToLower(e.name), ".eml"):
		if leaves, ok := w.attached(e); ok {
			return leaves
		}
	}
	return w.leaf(e)
}

// An entity is one node of the tree.
type entity struct {
	header
	body        []byte
	depth       int
	forwarded   bool
	mediaType   string
	params      params
	disposition string
	name        string
}

// describe reads what the header says that the entity is.
func (e *entity) describe() {
	e.params = parameters(e.Get("Content-Type"))
	e.mediaType = e.params.value
	if before, _, ok := strings.Cut(e.mediaType, ","); ok {
		e.mediaType = before
	}
	switch {
	case e.mediaType == "" || e.mediaType == "text":
		e.mediaType = "text/plain" // RFC 2045, 5.2
	case !strings.Contains(e.mediaType, "/"):
		e.mediaType = "application/octet-stream"
	}
	d := parameters(e.Get("Content-Disposition"))
	e.disposition = d.value
	for _, name := range [...]string{d.get("filename"), e.params.get("name"), d.get("name"), e.params.get("filename")} {
		if e.name = safeName(name); e.name != "" {
			return
		}
	}
}

// multipart reads the entities of a multipart.
func (w *walker) multipart(e entity) []leaf {
	pieces, whole := w.split(e)
	if pieces == nil {
		w.note(DefectBoundary)
		e.mediaType = "text/plain" // what was sent is still shown to a person
		return w.leaf(e)
	}
	if !whole {
		w.note(DefectEnd)
	}
	kids := make([][]leaf, 0, len(pieces))
	for i, piece := range pieces {
		if w.count >= w.limits.Parts {
			w.note(DefectParts)
			break
		}
		h, body := readHeader(piece)
		if h.dropped && h.Get("Content-Type") == "" {
			body = piece // words that look like a header, and are none
		}
		if e.mediaType == "multipart/digest" && h.Get("Content-Type") == "" {
			h.Set("Content-Type", "message/rfc822") // RFC 2046, 5.1.5
		}
		kids = append(kids, w.kid(e, i, h, body))
	}
	if e.mediaType == "multipart/alternative" {
		return choose(kids)
	}
	return flatten(kids)
}

// split tries the boundaries that may be meant.
func (w *walker) split(e entity) (pieces [][]byte, whole bool) {
	body := e.body
	if enc := strings.ToLower(strings.TrimSpace(e.Get("Content-Transfer-Encoding"))); enc == "base64" {
		if decoded, note := decodeBase64(body); note == "" && bytes.Contains(decoded, []byte("--")) {
			body = decoded // forbidden, and sent by some gateways
		}
	}
	for _, b := range boundaries(e.params, body) {
		if pieces, whole = splitMultipart(body, b, w.limits.Parts); len(pieces) > 0 {
			return pieces, whole
		}
	}
	return nil, false
}

// kid reads one entity of a multipart by its place in it.
func (w *walker) kid(e entity, place int, h header, body []byte) []leaf {
	switch {
	case e.mediaType == "multipart/signed" && place == 1 && strings.Contains(h.Get("Content-Type"), "signature"):
		return nil // a detached signature has no words of its own
	case e.mediaType == "multipart/appledouble" && place == 0:
		return nil // a Macintosh's notes on the file that follows
	case e.mediaType == "multipart/encrypted" && place == 0:
		w.note(DefectEncrypted)
	}
	leaves := w.entity(h, body, e.depth+1, e.forwarded)
	if e.mediaType == "multipart/related" {
		for i := range leaves {
			leaves[i].related = true
		}
	}
	return leaves
}

func flatten(kids [][]leaf) []leaf {
	var out []leaf
	for _, k := range kids {
		out = append(out, k...)
	}
	return out
}

// attached reads an attached message. What is none is a leaf.
func (w *walker) attached(e entity) ([]leaf, bool) {
	data, _ := decodeTransfer(e.Get("Content-Transfer-Encoding"), e.body)
	data = bytes.TrimLeft(data, "\r\n")
	h, body := readHeader(data)
	if h.Get("From") == "" && h.Get("Subject") == "" && h.Get("Received") == "" && h.Get("Mime-Version") == "" && h.Get("Content-Type") == "" {
		return nil, false
	}
	w.report(e, h)
	return w.entity(h, body, e.depth+1, true), true
}

// leaf reads an entity that has none within, and the files that stand in its text.
func (w *walker) leaf(e entity) []leaf {
	if w.count++; w.count > w.limits.Parts {
		w.note(DefectParts)
		return nil
	}
	data, note := decodeTransfer(e.Get("Content-Transfer-Encoding"), e.body)
	w.note(note)
	if w.left -= int64(len(data)); w.left < 0 {
		w.note(DefectBytes)
		return nil
	}
	w.note(defectOf(e))
	text := e.isText(data)
	if text {
		data, note = decodeText(data, e.mediaType, e.params.get("charset"))
		w.note(note)
	}
	if w.reported(e, data) {
		return nil
	}
	if len(bytes.TrimSpace(data)) > 0 || e.name != "" {
		w.hashes = append(w.hashes, hashOf(data, text))
	}
	return w.leaves(e, data)
}

// leaves makes parts of a leaf's data.
func (w *walker) leaves(e entity, data []byte) []leaf {
	p := leaf{Part: Part{Name: e.name, MediaType: e.mediaType, Data: data, Forwarded: e.forwarded, Body: e.isBody()}}
	p.pinned = e.disposition == "attachment"
	p.id = strings.Trim(e.Get("Content-Id"), "<> ")
	if p.id == "" {
		p.id = e.Get("Content-Location")
	}
	if !p.Body {
		if p.Name == "" {
			p.Name = namelessAs(e.mediaType)
		}
		return []leaf{p}
	}
	if e.mediaType != "text/plain" {
		return []leaf{p}
	}
	rest, files := uuFiles(data)
	if strings.EqualFold(e.params.get("format"), "flowed") {
		rest = []byte(unflow(string(rest), strings.EqualFold(e.params.get("delsp"), "yes")))
	}
	p.Data = rest
	out := []leaf{p}
	for _, f := range files {
		w.hashes = append(w.hashes, hashOf(f.data, false))
		out = append(out, leaf{Part: Part{Name: safeName(f.name), MediaType: "application/octet-stream", Data: f.data, Forwarded: e.forwarded}, pinned: true})
	}
	return out
}

// isBody tells a text that is shown rather than attached.
func (e *entity) isBody() bool {
	if e.disposition == "attachment" || e.name != "" {
		return false
	}
	switch e.mediaType {
	case "text/plain", "text/html", "text/enriched", "text/x-amp-html", "text/watch-html":
		return true
	}
	return false
}

// isText tells what is to be made UTF-8: not rich text, which names its charset within.
func (e *entity) isText(data []byte) bool {
	name := strings.ToLower(e.name)
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte(`{\rtf`)) || bytes.HasPrefix(data, []byte("%PDF")) || bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) {
		return false
	}
	if strings.HasPrefix(e.mediaType, "text/") {
		return e.mediaType != "text/rtf" && e.mediaType != "text/richtext"
	}
	if e.mediaType == "application/octet-stream" {
		return strings.HasSuffix(name, ".txt") || strings.HasSuffix(name, ".htm") || strings.HasSuffix(name, ".html")
	}
	return strings.HasPrefix(e.mediaType, "message/")
}

// defectOf says what in a leaf's kind means that its words are not there to be read.
func defectOf(e entity) string {
	switch e.mediaType {
	case "message/partial", "message/external-body":
		return DefectElsewhere
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		if strings.HasPrefix(strings.ToLower(e.params.get("smime-type")), "signed") {
			return DefectSealed
		}
		return DefectEncrypted
	case "application/pgp-encrypted":
		return DefectEncrypted
	}
	return ""
}

func (w *walker) note(n string) {
	if n != "" && !slices.Contains(w.notes, n) {
		w.notes = append(w.notes, n)
	}
}

// settle ends the walk: it marks the pictures that the bodies show and drops empty bodies.
func (w *walker) settle(leaves []leaf) []Part {
	var pages []byte
	for _, l := range leaves {
		if l.Body && l.MediaType == "text/html" {
			pages = append(pages, l.Data...)
		}
	}
	var parts []Part
	for _, l := range leaves {
		if l.Body && len(bytes.TrimSpace(l.Data)) == 0 {
			continue
		}
		shown := l.related && !l.pinned || l.id != "" && bytes.Contains(pages, []byte("cid:"+l.id))
		l.Inline = shown && isLogo(l.MediaType, l.Data)
		parts = append(parts, l.Part)
	}
	return parts
}
