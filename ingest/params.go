package ingest

import (
	"bytes"
	"io"
	"net/url"
	"strconv"
	"strings"
)

// A params is a field's value with parameters (Content-Type, Content-Disposition), read tolerantly: unquoted values with
// spaces, repeated and missing semicolons, RFC 2231's continuations and charsets, encoded words where none belong.
type params struct {
	value string // lower case
	names map[string]string
}

// parameters reads such a field. Where a parameter is repeated, the first non-empty one counts.
func parameters(field string) params {
	pieces := splitOutside(field, ';')
	p := params{value: strings.ToLower(strings.Join(strings.Fields(pieces[0]), "")), names: map[string]string{}}
	for _, piece := range pieces[1:] {
		name, value, ok := strings.Cut(piece, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok || name == "" {
			continue
		}
		if value = unquote(value); p.names[name] == "" {
			p.names[name] = value
		}
	}
	return p
}

// splitOutside splits at a character that stands in no quotes.
func splitOutside(s string, at byte) []string {
	var out []string
	quoted, from := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\':
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == at && !quoted:
			out, from = append(out, s[from:i]), i+1
		}
	}
	if quoted && len(out) == 0 && strings.IndexByte(s, at) >= 0 {
		return strings.Split(s, string(at)) // a quote that is never closed
	}
	return append(out, s[from:])
}

// unquote takes the quotes and their escapes off a value.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	var b strings.Builder
	for i := 1; i < len(s) && s[i] != '"'; i++ {
		// A backslash before a letter is a folder of a careless mail program, not an escape.
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// get returns a parameter's value as text.
func (p params) get(name string) string {
	if v, ok := p.extended(name); ok {
		return v
	}
	return decodeWords(toUTF8(p.names[name]))
}

// extended reads a parameter in the ways of RFC 2231: name*, name*0, name*0*.
func (p params) extended(name string) (string, bool) {
	if v, ok := p.names[name+"*"]; ok {
		return fromCharset(splitCharset(v)), true
	}
	var b strings.Builder
	var set string
	for i := 0; ; i++ {
		key := name + "*" + strconv.Itoa(i)
		if v, ok := p.names[key+"*"]; ok {
			if i == 0 {
				set, v = splitCharset(v)
			}
			b.WriteString(unescape(v))
		} else if v, ok := p.names[key]; ok {
			b.WriteString(v)
		} else {
			break
		}
	}
	if b.Len() == 0 {
		return "", false
	}
	if set == "" {
		return decodeWords(toUTF8(b.String())), true
	}
	return fromCharset(set, b.String()), true
}

// splitCharset reads charset'language'value.
func splitCharset(v string) (set, value string) {
	pieces := strings.SplitN(v, "'", 3)
	if len(pieces) < 3 {
		return "", unescape(v)
	}
	return pieces[0], unescape(pieces[2])
}

func unescape(v string) string {
	if out, err := url.PathUnescape(v); err == nil {
		return out
	}
	return v
}

func fromCharset(set, value string) string {
	if set == "" {
		return toUTF8(value)
	}
	r, err := charsetReader(set, strings.NewReader(value))
	if err != nil {
		return toUTF8(value)
	}
	out, err := io.ReadAll(r)
	if err != nil || bytes.ContainsRune(out, '\uFFFD') {
		return toUTF8(value)
	}
	return string(out)
}
