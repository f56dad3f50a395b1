package ingest

import (
	"bytes"
	"regexp"
)

// A uuFile is a file that stood uuencoded within a text.
type uuFile struct {
	name string
	data []byte
}

// uuBegin is the first line of a uuencoded file (POSIX uuencode).
var uuBegin = regexp.MustCompile(`(?m)^begin [0-7]{3,4} ([^\r\n]+)\r?\n`)

// uuFiles takes the uuencoded files out of a text. What is not whole stays in the text.
func uuFiles(text []byte) (rest []byte, files []uuFile) {
	for {
		at := uuBegin.FindSubmatchIndex(text)
		if at == nil {
			return append(rest, text...), files
		}
		data, after, ok := uuDecode(text[at[1]:])
		if !ok {
			rest, text = append(rest, text[:at[1]]...), text[at[1]:]
			continue
		}
		files = append(files, uuFile{name: string(text[at[2]:at[3]]), data: data})
		rest, text = append(rest, text[:at[0]]...), after
	}
}

// uuDecode decodes lines up to "end".
func uuDecode(text []byte) (data, after []byte, ok bool) {
	for len(text) > 0 {
		line, rest := cutLine(text)
		text = rest
		if bytes.Equal(bytes.TrimSpace(line), []byte("end")) {
			return data, text, true
		}
		if len(line) == 0 || line[0] == '`' {
			continue
		}
		n := int(line[0]-' ') & 63
		if line[0] < ' ' || line[0] > '`' || (n+2)/3*4 > len(line)-1+3 {
			return nil, nil, false
		}
		data = append(data, uuLine(line[1:], n)...)
	}
	return nil, nil, false
}

// uuLine decodes n bytes; blanks that were trimmed at a line's end are zeroes.
func uuLine(line []byte, n int) []byte {
	at := func(i int) byte {
		if i >= len(line) {
			return 0
		}
		return (line[i] - ' ') & 63
	}
	out := make([]byte, 0, n+2)
	for i := 0; len(out) < n; i += 4 {
		a, b, c, d := at(i), at(i+1), at(i+2), at(i+3)
		out = append(out, a<<2|b>>4, b<<4|c>>2, c<<6|d)
	}
	return out[:n]
}
