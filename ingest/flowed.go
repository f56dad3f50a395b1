package ingest

import "strings"

// unflow joins the lines that a mail program wrapped softly (RFC 3676): those that end in a space, within the same depth
// of quotation. With delSp the space belongs to the wrapping.
func unflow(text string, delSp bool) string {
	var b strings.Builder
	open, openDepth := false, 0
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		depth := 0
		for depth < len(line) && line[depth] == '>' {
			depth++
		}
		words := strings.TrimPrefix(line[depth:], " ")
		if open && depth != openDepth || words == "-- " {
			b.WriteString(strings.Repeat("\n", btoi(open)))
			open = false
		}
		if !open {
			b.WriteString(strings.Repeat(">", depth) + strings.Repeat(" ", btoi(depth > 0)))
		}
		open, openDepth = strings.HasSuffix(words, " ") && words != "-- ", depth
		if open && delSp {
			words = strings.TrimSuffix(words, " ")
		}
		b.WriteString(words)
		b.WriteString(strings.Repeat("\n", btoi(!open)))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
