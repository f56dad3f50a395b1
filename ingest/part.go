package ingest

import (
	"bytes"
	"image"
	_ "image/gif" // the kinds of picture that signatures carry
	_ "image/jpeg"
	_ "image/png"
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Part is one leaf of a message's tree: a body or an attachment, decoded. Texts are UTF-8.
type Part struct {
	Name      string // safe to print; "" for a body without a name
	MediaType string // lower case, as declared
	Body      bool   // the writer's own words, rather than a file
	Inline    bool   // a small picture shown within the body: a logo or an icon, no document
	Data      []byte
	Forwarded bool // inside an attached message
}

// longestName bounds a part's name, in characters.
const longestName = 120

// safeName returns a part's name without folders, control characters and marks that change the direction of writing.
func safeName(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	name = strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' || r == '\u00A0' {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, name)
	name = norm.NFC.String(name[strings.LastIndexAny(name, `/\`)+1:])
	for {
		trimmed := shorten(strings.Join(strings.Fields(strings.TrimLeft(strings.Trim(name, `"' `), `."' `)), " "))
		if trimmed == name {
			return name
		}
		name = trimmed
	}
}

// shorten cuts a long name in the middle, so that its ending still tells the kind of file.
func shorten(name string) string {
	runes := []rune(name)
	if len(runes) <= longestName {
		return name
	}
	end := []rune(path.Ext(name))
	if len(end) > 10 {
		end = nil
	}
	return string(runes[:longestName-len(end)]) + string(end)
}

// namelessAs gives an attachment without a name one that says its kind.
func namelessAs(mediaType string) string {
	endings := map[string]string{
		"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf", "application/msword": ".doc", "text/rtf": ".rtf",
		"application/rtf": ".rtf", "application/ms-tnef": ".dat", "image/jpeg": ".jpg", "image/png": ".png", "application/zip": ".zip",
		"application/vnd.oasis.opendocument.text": ".odt", "message/rfc822": ".eml",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
	}
	if end, ok := endings[mediaType]; ok {
		return "unnamed" + end
	}
	return "unnamed"
}

// A picture of this many pixels, with sides of this length, can be a photographed or scanned page, wherever in a mail it stands.
const (
	pagePixels = 700_000
	pageSide   = 500
	pageBytes  = 64 << 10 // for kinds of picture whose size is not read
)

// isLogo tells a picture too small to be a page.
func isLogo(mediaType string, data []byte) bool {
	if !strings.HasPrefix(mediaType, "image/") {
		return false
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return len(data) < pageBytes
	}
	return min(c.Width, c.Height) < pageSide || c.Width*c.Height < pagePixels
}
