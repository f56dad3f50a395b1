package parse

import "strings"

// earlier tells with how many lines from i on a mail program begins the mail that is answered or forwarded; 0 where it does
// not.
func earlier(lines []bodyLine, i int) int {
	line := bareHeader(lines[i].text)
	for _, start := range [...]string{"original message", "forwarded message", "begin forwarded message", "original appointment", "forwarded by", "reply to message"} {
		if strings.HasPrefix(line, start) {
			return 1
		}
	}
	if isHeader(line, fromHeader) {
		return headersFrom(lines, i)
	}
	for n := 1; n <= 3 && i+n <= len(lines) && beginsAttribution(line); n++ {
		if n > 1 {
			line += " " + bareHeader(lines[i+n-1].text)
		}
		if isAttribution(line) {
			return n
		}
	}
	return 0
}

func bareHeader(line string) string { return strings.ToLower(strings.Trim(line, " *_-–—>")) }

// attributions are how the line above an answered mail begins, and the word that it has, by languages of mail programs.
var attributions = [...]struct{ start, word string }{
	{"on ", "wrote"}, {"ar ", "ysgrifennodd"}, {"am ", "schrieb"}, {"le ", "a écrit"}, {"w dniu ", "napisał"}, {"el ", "escribió"},
}

func beginsAttribution(line string) bool {
	for _, a := range attributions {
		if strings.HasPrefix(line, a.start) {
			return true
		}
	}
	return false
}

// isAttribution tells "On Monday, 5 October 2026 at 09:12, Ada Quill wrote:", which has a date. "On 5 October he wrote:" is a
// teacher's own.
func isAttribution(line string) bool {
	if !strings.HasSuffix(line, ":") || len(line) >= 250 || !strings.ContainsAny(line, "0123456789@") {
		return false
	}
	for _, own := range [...]string{" he wrote:", " she wrote:", " they wrote:", " i wrote:", " we wrote:", " who wrote:"} {
		if strings.HasSuffix(line, own) {
			return false
		}
	}
	for _, a := range attributions {
		if strings.HasPrefix(line, a.start) && strings.Contains(line, a.word) {
			return true
		}
	}
	return false
}

// The names that mail programs print in the header of a quoted mail, by language.
var (
	fromHeader   = []string{"from", "oddi wrth", "von", "de", "od", "da", "van"}
	otherHeaders = [...][]string{
		{"sent", "anfonwyd", "gesendet", "envoyé", "wysłano", "inviato", "enviado", "verzonden"}, {"date", "dyddiad", "datum", "data", "fecha"},
		{"to", "at", "an", "à", "do", "a", "para", "aan"}, {"subject", "pwnc", "betreff", "objet", "temat", "oggetto", "asunto", "onderwerp"},
	}
)

// headersFrom returns how many lines from i on are the header of a quoted mail: two of the names beside the first stand on
// this line or within the next five. 0 where it is none.
func headersFrom(lines []bodyLine, i int) int {
	found, last := 0, i
	for n := i; n < len(lines) && n <= i+5; n++ {
		text := bareHeader(lines[n].text)
		for _, names := range otherHeaders {
			if n > i && isHeader(text, names) || n == i && holdsHeader(text, names) {
				found++
				last = n
			}
		}
	}
	if found < 2 {
		return 0
	}
	return last - i + 1
}

// isHeader tells a line of a quoted header; Gmail and others print the names in asterisks.
func isHeader(line string, names []string) bool {
	for _, name := range names {
		if rest, ok := strings.CutPrefix(line, name); ok && strings.HasPrefix(strings.TrimLeft(rest, "* "), ":") {
			return true
		}
	}
	return false
}

// holdsHeader tells a line on which a whole header stands.
func holdsHeader(line string, names []string) bool {
	for _, name := range names {
		if strings.Contains(line, " "+name+":") {
			return true
		}
	}
	return false
}
