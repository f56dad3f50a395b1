package parse

import (
	"bytes"
	"strings"

	"referrald/parse/document"
)

// isQuiet tells the parts of a mail that are understood and say nothing about a child: detached signatures and keys,
// business cards, calendar entries, the machine-readable halves of reports, and what Office adds beside pictures.
func isQuiet(f File) bool {
	switch mediaTypeOf(f) {
	case "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys",
		"text/vcard", "text/x-vcard", "text/directory", "text/calendar", "application/ics", "message/delivery-status",
		"message/disposition-notification", "message/feedback-report", "text/rfc822-headers", "image/x-emz", "image/x-wmz", "image/svg+xml":
		return true
	}
	switch extension(f) {
	case ".p7s", ".sig", ".vcf", ".ics", ".emz", ".wmz", ".cer", ".crt":
		return true
	}
	return f.Name == "oledata.mso" || hasQuietHead(f.Data) || isMetafile(f)
}

// isMetafile tells a small drawing of Windows that is shown within the text: the icon of a file, a logo.
func isMetafile(f File) bool {
	switch mediaTypeOf(f) {
	case "image/x-emf", "image/emf", "image/x-wmf", "image/wmf":
	default:
		if e := extension(f); e != ".emf" && e != ".wmf" {
			return false
		}
	}
	return f.Inline && len(f.Data) < smallestPage
}

// isEmptyPage tells a page without a word or a picture, as Apple's and Microsoft's programs attach them behind files.
func isEmptyPage(format document.Format, d *document.Document, data []byte) bool {
	if format != document.HTML || strings.TrimSpace(d.Text()) != "" {
		return false
	}
	page := strings.ToLower(string(data))
	return !containsAny(page, []string{"<img", "<svg", "<object", "<embed", "<iframe", "<script", "<canvas", "<input", "url(", "v:imagedata", "data:"})
}

func hasQuietHead(data []byte) bool {
	head := bytes.TrimSpace(data[:min(len(data), 64)])
	for _, start := range [...]string{"BEGIN:VCARD", "BEGIN:VCALENDAR", "-----BEGIN PGP SIGNATURE-----", "-----BEGIN PGP PUBLIC KEY"} {
		if bytes.HasPrefix(head, []byte(start)) {
			return true
		}
	}
	return false
}
