package ingest

import (
	"bufio"
	"bytes"
	"strings"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/textproto"
)

// maxHeader is the longest header block that is read; the rest is body.
const maxHeader = 1 << 20

// A header is the fields of a message or a part, and what was wrong with their lines.
type header struct {
	message.Header
	fields  int
	dropped bool // lines that are no field were left out
	mbox    bool // a "From " line stood first
}

// readHeader takes the header block off the data. Lines that a strict reader would give the whole message up for are left
// out; those after the last field are body whose empty line is missing.
func readHeader(data []byte) (header, []byte) {
	var h header
	var clean bytes.Buffer
	rest, body := data, data
	for len(rest) > 0 && len(data)-len(rest) < maxHeader {
		line, after := cutLine(rest)
		if len(line) == 0 {
			if len(body) == len(rest) {
				body = after
			}
			break
		}
		if bytes.HasPrefix(line, []byte("--")) && !isField(line) {
			break // a boundary
		}
		if h.keep(line, len(rest) == len(data), &clean) {
			h.dropped = h.dropped || len(body) != len(rest)
			body = after
		}
		rest = after
	}
	clean.WriteString("\r\n")
	fields, err := textproto.ReadHeader(bufio.NewReader(&clean))
	if err != nil {
		h.dropped = true // what was read before the error is kept
	}
	h.Header = message.Header{Header: fields}
	return h, body
}

// cutLine splits off one line, without its end.
func cutLine(data []byte) (line, rest []byte) {
	i := bytes.IndexByte(data, '\n')
	if i < 0 {
		return bytes.TrimRight(data, "\r"), nil
	}
	return bytes.TrimRight(data[:i], "\r"), data[i+1:]
}

// keep writes the line to the clean header if it is a field or continues one.
func (h *header) keep(line []byte, first bool, clean *bytes.Buffer) bool {
	switch {
	case first && (bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From "))):
		h.mbox = true
		return true
	case line[0] == ' ' || line[0] == '\t':
		if h.fields == 0 {
			return false
		}
	case isField(line):
		h.fields++
	default:
		return false
	}
	line = bytes.ReplaceAll(line, []byte{0}, nil)
	if len(bytes.TrimSpace(line)) == 0 {
		return true // an empty continuation ends the header for some readers
	}
	clean.Write(line)
	clean.WriteString("\r\n")
	return true
}

// isField tells a line that begins with a field's name and a colon (RFC 5322, 2.2).
func isField(line []byte) bool {
	name, _, ok := bytes.Cut(line, []byte(":"))
	name = bytes.TrimRight(name, " \t")
	if !ok || len(name) == 0 {
		return false
	}
	for _, c := range name {
		if c <= ' ' || c >= 0x7F {
			return false
		}
	}
	return true
}

// text returns a field's words with encoded words read, invalid bytes marked and line ends made spaces.
func (h *header) text(name string) string {
	return readable(h.Get(name))
}

// readable decodes the encoded words of a field, and old mail's raw 8-bit characters.
func readable(raw string) string {
	s := decodeWords(toUTF8(raw))
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.TrimSpace(s)
}
