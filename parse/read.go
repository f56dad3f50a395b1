package parse

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"referrald/parse/container"
	"referrald/parse/document"
	"referrald/parse/docx"
	"referrald/parse/flat"
	"referrald/parse/html"
	"referrald/parse/msdoc"
	"referrald/parse/odt"
	"referrald/parse/pdf"
	"referrald/parse/rtf"
	"referrald/parse/text"
	"referrald/parse/xlsx"
)

// Options are what the caller gives to a reading beside the file.
type Options struct {
	// PDF starts the second engine for PDF files, which the readers cannot start themselves; see pdf.Options. Nil means
	// that there is none.
	PDF func() (pdf.Engine, error)
}

// Read reads one file by what its bytes are and never by its name alone. It returns a Document, a reason why there is
// none, or neither for a file that is understood and says nothing: a signature's logo, a calendar entry, a key.
//
// A Document may hold Scans and no cells: whoever has OCR fills it in; Assemble takes it for NoText until then. A panic of
// a reader is Crashed. A container is opened with package container first; here it is Unsupported.
func Read(f File, o Options) Extract {
	sum := sha256.Sum256(f.Data)
	x := Extract{Name: f.Name, Body: f.Body, Inline: f.Inline, SHA256: hex.EncodeToString(sum[:])}
	if container.Envelope(f.Name, f.MediaType, f.Data) {
		x.Format, x.Why = document.Other, document.Enveloped
		if f.Body {
			x.Format = textFormat(f)
		}
		return x
	}
	k := sniff(f)
	x.Format = k.format
	if k.quiet {
		return x
	}
	d, err := k.safely(f.Data, o)
	x.Document, x.Why = settle(d, err)
	if x.Document != nil && !x.Body && isEmptyPage(x.Format, x.Document, f.Data) {
		x.Document = nil
		return x
	}
	if x.Document != nil && (x.Format == document.Text || x.Format == document.HTML) && sharesFile(f.Data) {
		x.Document.Warn(document.UnreadLink)
	}
	return x
}

// settle makes of a reader's answer a Document or a Why. What is no *document.Unreadable is a fault of ours.
func settle(d *document.Document, err error) (*document.Document, document.Why) {
	var u *document.Unreadable
	switch {
	case errors.As(err, &u):
		return nil, u.Why
	case err != nil, d == nil:
		return nil, document.Crashed
	}
	return d, ""
}

// A readFunc is one format's reader.
type readFunc func(data []byte, o Options) (*document.Document, error)

// errPanicked stands for a reader's panic. Its message could quote the file and is dropped.
var errPanicked = errors.New("the reader panicked")

// safely calls the reader. The fences of the child process are for what no recover sees; this is for the rest.
func (k kind) safely(data []byte, o Options) (d *document.Document, err error) {
	defer func() {
		if recover() != nil {
			d, err = nil, &document.Unreadable{Why: document.Crashed, Cause: errPanicked}
		}
	}()
	if k.read == nil {
		return nil, &document.Unreadable{Why: document.Unsupported}
	}
	return k.read(data, o)
}

// plain makes a readFunc of a reader that takes no options.
func plain(read func([]byte) (*document.Document, error)) readFunc {
	return func(data []byte, _ Options) (*document.Document, error) { return read(data) }
}

func readPDF(data []byte, o Options) (*document.Document, error) {
	return pdf.Options{Engine: o.PDF}.Read(data)
}

// The formats that are read. Text and HTML are read of bodies and attachments alike.
func docxKind() kind { return kind{format: document.DOCX, read: plain(docx.Read)} }
func flatKind() kind { return kind{format: document.DOCX, read: plain(readFlat)} }
func docKind() kind  { return kind{format: document.DOC, read: plain(msdoc.Read)} }
func odtKind() kind  { return kind{format: document.ODT, read: plain(odt.Read)} }
func pdfKind() kind  { return kind{format: document.PDF, read: readPDF} }
func rtfKind() kind  { return kind{format: document.RTF, read: plain(rtf.Read)} }
func htmlKind() kind { return kind{format: document.HTML, read: plain(html.Read)} }
func xlsxKind() kind { return kind{format: document.Other, read: plain(xlsx.Read)} }
func csvKind() kind  { return kind{format: document.Text, read: plain(xlsx.ReadCSV)} }
func textKind() kind { return kind{format: document.Text, read: plain(text.Read)} }

// readFlat reads a Word document that is one XML file.
func readFlat(data []byte) (*document.Document, error) {
	zipped, err := flat.Repack(data)
	if err != nil {
		return nil, err
	}
	return docx.Read(zipped)
}

// failing is a kind that cannot be read for a reason that is known beforehand.
func failing(format document.Format, why document.Why) kind {
	return kind{format: format, read: func([]byte, Options) (*document.Document, error) {
		return nil, &document.Unreadable{Why: why}
	}}
}
