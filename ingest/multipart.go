package ingest

import (
	"bytes"
	"strings"
)

// boundaries returns the boundaries that a multipart may mean, the likeliest first: the declared one, and the one that its
// first line uses, since declarations are lost, repeated or cut on the way.
func boundaries(p params, body []byte) []string {
	var out []string
	if b := strings.TrimRight(p.names["boundary"], " \t"); b != "" {
		out = append(out, b)
	} else if b, ok := p.extended("boundary"); ok {
		out = append(out, b)
	}
	for range 50 {
		line, rest := cutLine(body)
		if name, ok := bytes.CutPrefix(line, []byte("--")); ok && len(bytes.TrimSpace(name)) > 0 {
			return append(out, strings.TrimRight(string(name), " \t"))
		}
		if body = rest; len(body) == 0 {
			break
		}
	}
	return out
}

// splitMultipart cuts a multipart's body at its boundary lines (RFC 2046, 5.1). Whole says that the last one was found.
func splitMultipart(body []byte, boundary string, most int) (pieces [][]byte, whole bool) {
	mark := []byte("--" + boundary)
	from, rest := -1, body
	for len(rest) > 0 {
		at := len(body) - len(rest)
		line, after := cutLine(rest)
		if end, ok := bytes.CutPrefix(line, mark); ok && isBoundaryEnd(end) {
			if from >= 0 {
				pieces = append(pieces, trimLastEnd(body[from:at]))
			}
			if bytes.HasPrefix(end, []byte("--")) {
				return pieces, true
			}
			if from = len(body) - len(after); len(pieces) > most {
				return pieces, true // the caller counts, and notes that there are more
			}
		}
		rest = after
	}
	if from >= 0 {
		pieces = append(pieces, body[from:])
	}
	return pieces, false
}

// isBoundaryEnd tells what may follow a boundary on its line: nothing, or the two dashes of the last one.
func isBoundaryEnd(end []byte) bool {
	end = bytes.TrimRight(end, " \t")
	return len(end) == 0 || bytes.HasPrefix(end, []byte("--")) && len(bytes.TrimSpace(end[2:])) == 0
}

// trimLastEnd takes off the line end that belongs to the boundary.
func trimLastEnd(piece []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(piece, []byte("\n")), []byte("\r"))
}
