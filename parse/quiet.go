package parse

import (
	"bytes"
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
	return f.Name == "oledata.mso" || hasQuietHead(f.Data)
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
