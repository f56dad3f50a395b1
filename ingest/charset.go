package ingest

import (
	"bytes"
	"io"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message/charset"
	"golang.org/x/net/html"
	htmlcharset "golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
)

// toUTF8 returns text that names no charset: as it is where it is UTF-8, else as Windows-1252, which old mail programs
// write without saying so.
func toUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	out, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return out
}

// charsetReader reads a named charset, forgiving the names that mail programs misspell.
func charsetReader(name string, in io.Reader) (io.Reader, error) {
	name = strings.ToLower(strings.Trim(name, `"' `))
	switch name {
	case "utf8", "utf-8", "utf_8", "unicode-1-1-utf-8":
		return in, nil
	case "us-ascii", "ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "ansi", "x-ansi", "cp1252", "cp-1252", "windows1252":
		// As browsers do: what claims to be Latin 1 and uses the control range means Windows-1252.
		return charmap.Windows1252.NewDecoder().Reader(in), nil
	}
	return charset.Reader(name, in)
}

// decodeWords reads encoded words (RFC 2047); what cannot be read stays as it is.
func decodeWords(s string) string {
	if !strings.Contains(s, "=?") {
		return s
	}
	d := mime.WordDecoder{CharsetReader: charsetReader}
	if out, err := d.DecodeHeader(s); err == nil {
		return out
	}
	return s
}

// decodeText returns a text part as UTF-8, with what is to be noted of it: "" or a defect or a warning.
func decodeText(data []byte, mediaType, name string) (out []byte, note string) {
	if bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")) {
		return data[3:], ""
	}
	if name == "" && mediaType == "text/html" {
		name = metaCharset(data)
	}
	if ascii := strings.ToLower(name); name == "" || ascii == "us-ascii" || ascii == "ascii" || ascii == "unknown-8bit" || ascii == "binary" {
		return decodeUnnamed(data)
	}
	r, err := charsetReader(name, bytes.NewReader(data))
	if err != nil {
		out, _ := decodeUnnamed(data)
		return out, DefectCharset
	}
	out, err = io.ReadAll(r)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\uFFFD")), DefectCharset
	}
	if !utf8.Valid(out) {
		return decodeUnnamed(data) // said to be UTF-8, and is not
	}
	return out, ""
}

func decodeUnnamed(data []byte) (out []byte, note string) {
	if utf8.Valid(data) || bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		return data, ""
	}
	return []byte(toUTF8(string(data))), WarningNoCharset
}

// metaCharset returns the charset that a page names itself, or "".
func metaCharset(page []byte) string {
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), 4096)]))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			if t := z.Token(); t.Data == "meta" {
				if name := charsetOfMeta(t); name != "" {
					return name
				}
			}
		}
	}
}

func charsetOfMeta(t html.Token) string {
	for _, a := range t.Attr {
		if a.Key == "charset" {
			return a.Val
		}
		if a.Key == "content" && strings.Contains(strings.ToLower(a.Val), "charset") {
			_, name := htmlcharset.Lookup(parameters(a.Val).get("charset"))
			return name
		}
	}
	return ""
}
