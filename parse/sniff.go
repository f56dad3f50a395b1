package parse

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"referrald/parse/container"
	"referrald/parse/document"
	"referrald/parse/flat"
	"referrald/parse/odt"
	"referrald/parse/part"
	"referrald/parse/text"
)

// A kind is what a file's bytes are found to be, and who reads it.
type kind struct {
	format document.Format
	quiet  bool     // understood, and says nothing of a child
	read   readFunc // nil: no reader knows it
}

// sniff tells what a file is: by its bytes first, by the declared type second, by its name last. Bodies are text or HTML
// unless their bytes are a document's.
func sniff(f File) kind {
	switch {
	case len(bytes.TrimSpace(f.Data)) == 0:
		return emptyKind(f)
	case isShortcut(f) && !f.Body:
		return failing(document.Other, document.Linked)
	case isQuiet(f):
		return kind{format: document.Other, quiet: true}
	}
	if k, ok := byMagic(f); ok {
		return k
	}
	if f.Body {
		return textual(textFormat(f))
	}
	return byContent(f)
}

// emptyKind judges a file of no bytes: an empty text is nothing, as Exchange attaches them to mails of two formats; an
// empty document was lost on its way.
func emptyKind(f File) kind {
	mediaType := mediaTypeOf(f)
	if f.Body || f.Inline || strings.HasPrefix(mediaType, "text/") {
		return kind{format: textFormat(f), quiet: true}
	}
	switch extension(f) {
	case ".txt", ".htm", ".html":
		return kind{format: textFormat(f), quiet: true}
	}
	return failing(document.Other, document.Broken)
}

// pdfSlack is how far into a file a PDF may begin: mail gateways and printers put lines before it.
const pdfSlack = 1024

func byMagic(f File) (kind, bool) {
	data := f.Data
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")), !f.Body && bytes.Contains(data[:min(len(data), pdfSlack)], []byte("%PDF-")):
		return pdfKind(), true
	case part.IsCompound(data):
		return compoundKind(f), true
	case bytes.HasPrefix(trimmedHead(data), []byte(`{\rtf`)):
		return rtfKind(), true
	case container.Format(data) != document.Other:
		return zipKind(f), true
	case isPicture(data):
		return pictureKind(f), true
	}
	return kind{}, false
}

// trimmedHead returns the first bytes without byte order mark and space.
func trimmedHead(data []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), pdfSlack)], []byte("\xEF\xBB\xBF")))
}

// compoundKind tells Word documents from the other users of compound files, and from locked ones, by the names of their
// streams.
func compoundKind(f File) kind {
	switch {
	case part.IsEncrypted(f.Data):
		return failing(lockedFormat(f), document.Locked)
	case part.HasStream(f.Data, "WordDocument"):
		return docKind()
	}
	format := container.Format(f.Data)
	if format == document.Other && extension(f) == ".doc" { // cut short, or not what its name says
		return docKind()
	}
	return kind{format: format}
}

// lockedFormat names a locked Office document by the only thing that is left to see.
func lockedFormat(f File) document.Format {
	switch extension(f) {
	case ".docx", ".docm", ".dotx":
		return document.DOCX
	}
	return document.Other
}

// zipKind tells the documents that are zips by their parts.
func zipKind(f File) kind {
	z, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil {
		return damagedZip(f)
	}
	for _, p := range z.File {
		switch name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(p.Name, `\`, "/"), "/")); {
		case strings.HasPrefix(name, "word/"):
			return docxKind()
		case name == "content.xml":
			return odtKind()
		case name == "xl/workbook.xml":
			return xlsxKind()
		case strings.HasPrefix(name, "xl/") && strings.HasSuffix(name, ".bin"), strings.HasPrefix(name, "ppt/"):
			return kind{format: document.Other}
		}
	}
	return kind{format: container.Format(f.Data)}
}

// damagedZip lets the reader that the name asks for say what is wrong.
func damagedZip(f File) kind {
	switch extension(f) {
	case ".docx", ".docm", ".dotx":
		return docxKind()
	case ".odt", ".ott":
		return odtKind()
	}
	return failing(container.Format(f.Data), document.Broken)
}

// byContent tells what is left: texts, pages and what no reader knows. A declared text is one unless its bytes are not.
func byContent(f File) kind {
	if isMessage(f) {
		return kind{format: document.EML}
	}
	if bytes.HasPrefix(trimmedHead(f.Data), []byte("%!PS")) { // a program for printers, though made of letters
		return kind{format: document.Other}
	}
	found, root := mimetype.Detect(f.Data), rootOf(f.Data)
	switch {
	case flat.Is(root):
		return flatKind()
	case root == "document" && odt.IsFlat(f.Data):
		return odtKind()
	case found.Is("text/html"), found.Is("application/xhtml+xml"):
		return htmlKind()
	case found.Is("text/xml"), found.Is("application/xml"):
		if mediaTypeOf(f) == "text/html" || extension(f) == ".html" || extension(f) == ".htm" {
			return htmlKind()
		}
		return kind{format: document.Other}
	case extension(f) == ".csv" && (isText(found) || text.Is(f.Data)):
		return csvKind()
	case isText(found), text.Is(f.Data):
		return textual(textFormat(f))
	}
	return kind{format: document.Other}
}

// rootHead is how far into an XML file its first element is looked for.
const rootHead = 8 << 10

// rootOf returns the local name of an XML file's root element, or "".
func rootOf(data []byte) string {
	head := trimmedHead(data)
	if !bytes.HasPrefix(head, []byte("<")) {
		return ""
	}
	d := xml.NewDecoder(bytes.NewReader(data[:min(len(data), rootHead)]))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		t, err := d.RawToken()
		if err != nil {
			return ""
		}
		if e, ok := t.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}

// isText tells text/plain and its descendants (CSV, JSON and the like, which people can read as well).
func isText(m *mimetype.MIME) bool {
	for ; m != nil; m = m.Parent() {
		if m.Is("text/plain") {
			return true
		}
	}
	return false
}

// isMessage tells a mail kept as a file, and the web archives that Word saves under the name of a document.
func isMessage(f File) bool {
	switch {
	case mediaTypeOf(f) == "text/html": // the page out of such an archive
		return false
	case bytes.HasPrefix(trimmedHead(f.Data), []byte("MIME-Version:")):
		return true
	case mediaTypeOf(f) == "message/rfc822", extension(f) == ".eml", extension(f) == ".mht", extension(f) == ".mhtml":
		return true
	}
	return false
}

func textual(format document.Format) kind {
	if format == document.HTML {
		return htmlKind()
	}
	return textKind()
}

// textFormat tells HTML from plain text, by the declared type where there is one.
func textFormat(f File) document.Format {
	switch mediaType := mediaTypeOf(f); {
	case mediaType == "text/html", mediaType == "application/xhtml+xml":
		return document.HTML
	case mediaType == "text/plain":
		return document.Text
	}
	switch extension(f) {
	case ".html", ".htm":
		return document.HTML
	}
	if mimetype.Detect(f.Data).Is("text/html") || isPage(f.Data) {
		return document.HTML
	}
	return document.Text
}

// isPage tells a page by its first element, where a stray control character keeps others from seeing it.
func isPage(data []byte) bool {
	head := bytes.ToLower(trimmedHead(data))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

func mediaTypeOf(f File) string {
	mediaType, _, _ := strings.Cut(strings.ToLower(f.MediaType), ";")
	return strings.TrimSpace(mediaType)
}

func extension(f File) string { return strings.ToLower(path.Ext(strings.TrimSpace(f.Name))) }
