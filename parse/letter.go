package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"referrald/parse/form"
)

// sourcesOf says of each line of a body what it is: the writer's own words, an earlier mail, or a footer (signature,
// disclaimer, banner of the mail system). Doubt goes to the side that is read: a sentence below a signature is the
// writer's, since a footer is never evidence and a postscript may be.
func sourcesOf(lines []bodyLine) []form.Source {
	out := make([]form.Source, len(lines))
	var at letter
	for i := range lines {
		out[i] = at.next(lines, i)
	}
	return out
}

// A letter is where the reading of a body stands.
type letter struct {
	below   bool // under the header of an earlier mail: the rest is quoted
	head    int  // how many lines there are down to the end of such a header
	signing bool // under a closing or a signature's separator
	notice  bool // in a disclaimer that goes on over the line's end
	quoted  bool // the line before was quoted
}

func (at *letter) next(lines []bodyLine, i int) form.Source {
	line := lines[i].text
	if n := earlier(lines, i); n > 0 && !lines[i].quoted {
		// Where each line of the earlier mail is marked, what bears no mark is the writer's answer.
		at.head, at.signing = i+n, false
		at.below = at.below || at.head >= len(lines) || !lines[at.head].quoted
	}
	quoted := at.below || lines[i].quoted || i < at.head
	if quoted != at.quoted {
		at.quoted, at.signing, at.notice = quoted, false, false
	}
	own := form.FromBody
	if quoted {
		own = form.FromQuoted
	}
	switch {
	case isNotice(line) || at.notice && isWrapped(lines, i) || at.signing && isStanding(line):
		at.notice = true
		return form.FromFooter
	case isSignatureMark(line), isClosing(line):
		at.signing, at.notice = true, false
		return form.FromFooter
	case isRule(line), at.signing && !isSentence(line):
		return form.FromFooter
	}
	at.notice = false
	return own
}

// isWrapped tells a line that only goes on with the sentence of the line before: that one is long and ends openly, and this
// one begins in small letters.
func isWrapped(lines []bodyLine, i int) bool {
	before := lines[i-1].text
	first, _ := utf8.DecodeRuneInString(lines[i].text)
	return len(before) >= 50 && !strings.ContainsAny(before[len(before)-1:], ".!?:") && (!unicode.IsUpper(first) || strings.HasSuffix(before, ","))
}

// isSignatureMark tells the line above a signature (RFC 3676, 4.3).
func isSignatureMark(line string) bool {
	line = strings.TrimSpace(line)
	return line == "--" || line == "—"
}

// isRule tells a line that is drawn: above signatures and earlier mails, and between paragraphs too.
func isRule(line string) bool {
	return len(line) >= 5 && strings.Trim(line, "_-=*–— ") == ""
}

var closings = []string{
	"kind regards", "kindest regards", "best regards", "warm regards", "warmest regards", "regards", "kind wishes", "best wishes", "warm wishes",
	"with best wishes", "with kind regards", "many thanks", "thanks", "thank you", "thanks in advance", "many thanks in advance", "thank you in advance",
	"thanks again", "with thanks", "thanks and regards", "thanks and kind regards", "yours sincerely", "yours faithfully", "yours truly", "sincerely",
	"faithfully", "all the best", "best", "cheers", "take care", "kr", "rgds", "many thanks and kind regards", "thank you and kind regards", "speak soon",
	"with regards", "yours", "kind regards and thanks", "many thanks and best wishes",
	"cofion cynnes", "cofion gorau", "cofion", "diolch", "diolch yn fawr", "llawer o ddiolch", "yn gywir", "dymuniadau gorau",
}

// isClosing tells the words that end a letter, alone on their line or before the writer's name, in one language or two.
func isClosing(line string) bool {
	if first, second, two := strings.Cut(line, "/"); two && second != "" {
		return isClosing(first) && isClosing(strings.TrimSpace(second))
	}
	bare := strings.ToLower(strings.TrimRight(strings.ReplaceAll(line, "&", "and"), " ,.!;:-–—"))
	for _, c := range closings {
		rest, ok := strings.CutPrefix(bare, c)
		switch {
		case !ok:
		case rest == "":
			return true
		case rest[0] == ',' || rest[0] == ' ' || rest[0] == '.':
			if isName(line[min(len(line), len(c)):]) {
				return true
			}
		}
	}
	return false
}

// isName tells up to four words that all begin with capitals.
func isName(s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' && r != '-' })
	if len(words) == 0 || len(words) > 4 {
		return false
	}
	for _, w := range words {
		if !unicode.IsUpper([]rune(w)[0]) {
			return false
		}
	}
	return true
}

// isSentence tells a sentence, or a note that may be one, from a line of a signature (a name, an office, an address, a
// telephone number): some words in small letters, or a postscript.
func isSentence(line string) bool {
	lower := strings.ToLower(line)
	if strings.HasPrefix(lower, "ps ") || strings.HasPrefix(lower, "ps:") || strings.HasPrefix(lower, "p.s") || strings.HasPrefix(lower, "nb") {
		return true
	}
	words, small := 0, 0
	for _, w := range strings.Fields(line) {
		r := []rune(strings.TrimLeft(w, "(\"'‘“"))
		if len(r) == 0 || !unicode.IsLetter(r[0]) || strings.ContainsAny(w, "@/") {
			continue
		}
		words++
		if unicode.IsLower(r[0]) && !isJoining(w) {
			small++
		}
	}
	return small >= 2 && words >= 3
}

// isJoining tells the small words that stand in titles and addresses too.
func isJoining(w string) bool {
	switch w {
	case "of", "and", "for", "the", "in", "at", "to", "on", "de", "van", "von":
		return true
	}
	return false
}
