package text

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"referrald/parse/document"
)

// MaxSize is the longest text that is read, in bytes.
const MaxSize = 32 << 20

// Read reads plain text. Errors are *document.Unreadable: TooLarge over MaxSize, Broken for bytes that are no text.
func Read(data []byte) (*document.Document, error) {
	if len(data) > MaxSize {
		return nil, &document.Unreadable{Why: document.TooLarge, Cause: errors.New("reading text: over the limit of size")}
	}
	s, err := decode(data)
	if err != nil {
		return nil, &document.Unreadable{Why: document.Broken, Cause: fmt.Errorf("reading text: %w", err)}
	}
	var out document.Builder
	for line := range strings.SplitAfterSeq(lineEnds.Replace(s), "\n") {
		words, quoted := unquote(strings.TrimRight(line, "\n"))
		t := document.Token{Text: cleaner.Replace(words)}
		if quoted {
			t.Style = document.Quoted
		}
		out.Add(t)
		out.EndParagraph()
	}
	return out.Finish(document.Text), nil
}

// lineEnds brings all line and page ends to one.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n")

// cleaner makes no-break spaces spaces and drops what has no width.
var cleaner = strings.NewReplacer("\u00A0", " ", "\u202F", " ", "\u2007", " ", "\u200B", "", "\u200C", "", "\u2060", "",
	"\uFEFF", "", "\u00AD", "", "\x00", "")

// decode returns text as UTF-8.
func decode(data []byte) (string, error) {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		out, _, err := transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder(), data)
		return string(out), err
	}
	if isBinary(data) {
		return "", errors.New("bytes are no text")
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	return strings.ToValidUTF8(string(data), "\uFFFD"), nil
}

// sample is how many bytes tell text from other files.
const sample = 8 << 10

// Is tells whether bytes can be read as text: not binary, and UTF-8 or of an encoding with a byte order mark.
func Is(data []byte) bool {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		return true
	}
	head := data[:min(len(data), sample)]
	for n := 0; n < utf8.UTFMax && len(data) > len(head) && !utf8.Valid(head); n++ {
		head = head[:len(head)-1] // the sample may cut a letter
	}
	return utf8.Valid(head) && bytes.IndexByte(head, 0) < 0 && !isBinary(data)
}

// isBinary tells bytes of which more than one in thirty is a control that no text has.
func isBinary(data []byte) bool {
	data = data[:min(len(data), sample)]
	controls := 0
	for _, c := range data {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1B {
			controls++
		}
	}
	return controls*30 > len(data)
}

// unquote takes the quote marks (RFC 3676, 4.5) off a line: "> > words".
func unquote(line string) (words string, quoted bool) {
	rest := line
	for {
		trimmed := strings.TrimPrefix(rest, " ")
		after, ok := strings.CutPrefix(trimmed, ">")
		if !ok {
			break
		}
		rest, quoted = after, true
	}
	if !quoted {
		return line, false
	}
	return strings.TrimPrefix(rest, " "), true
}
