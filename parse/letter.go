package parse

import (
	"strings"
	"unicode"

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
	signing bool // under a closing or a signature's separator
	notice  bool // in a disclaimer that goes on over the line's end
	quoted  bool // the line before was quoted
}

func (at *letter) next(lines []bodyLine, i int) form.Source {
	line := lines[i].text
	if beginsEarlier(lines, i) {
		at.below, at.signing = true, false
	}
	quoted := at.below || lines[i].quoted
	if quoted != at.quoted {
		at.quoted, at.signing, at.notice = quoted, false, false
	}
	own := form.FromBody
	if quoted {
		own = form.FromQuoted
	}
	switch {
	case isNotice(line) || at.notice && isWrapped(lines, i):
		at.notice = true
		return form.FromFooter
	case isSeparator(line), isClosing(line):
		at.signing, at.notice = true, false
		return form.FromFooter
	case at.signing && !isSentence(line):
		return form.FromFooter
	}
	at.notice = false
	return own
}

// isWrapped tells a line that only goes on with the sentence of the line before: that one is long and ends openly.
func isWrapped(lines []bodyLine, i int) bool {
	before := lines[i-1].text
	return len(before) >= 50 && !strings.ContainsAny(before[len(before)-1:], ".!?:")
}

// beginsEarlier tells the line with which a mail program begins the mail that is answered or forwarded.
func beginsEarlier(lines []bodyLine, i int) bool {
	line := strings.ToLower(strings.Trim(lines[i].text, " *_-–—>"))
	switch {
	case strings.HasPrefix(line, "original message"), strings.HasPrefix(line, "forwarded message"), strings.HasPrefix(line, "begin forwarded message"),
		strings.HasPrefix(line, "original appointment"):
		return true
	case isHeader(line, "from"):
		return headersFollow(lines, i)
	case strings.HasPrefix(line, "on "):
		return strings.HasSuffix(line, " wrote:") && len(line) < 250 || i+1 < len(lines) && isAttribution(line+" "+strings.ToLower(lines[i+1].text))
	}
	return false
}

// isAttribution tells "On Monday, 5 October 2026 at 09:12, Ada Quill wrote:", which may be parted over two lines.
func isAttribution(line string) bool {
	return strings.HasSuffix(line, "wrote:") && len(line) < 250 && strings.ContainsAny(line, "0123456789")
}

// headersFollow tells whether two of the other lines of a quoted header stand on or within four lines of one.
func headersFollow(lines []bodyLine, i int) bool {
	found := 0
	for n := i; n < len(lines) && n <= i+5; n++ {
		for _, name := range [...]string{"sent", "date", "to", "subject"} {
			text := strings.ToLower(strings.Trim(lines[n].text, " *_>"))
			if n > i && isHeader(text, name) || n == i && strings.Contains(text, " "+name+":") {
				found++
			}
		}
	}
	return found >= 2
}

// isHeader tells a line of a quoted header; Gmail and others print the names in asterisks.
func isHeader(line, name string) bool {
	rest, ok := strings.CutPrefix(line, name)
	return ok && strings.HasPrefix(strings.TrimLeft(rest, "* "), ":")
}

// isSeparator tells the line above a signature (RFC 3676, 4.3) and the rules that programs draw instead.
func isSeparator(line string) bool {
	line = strings.TrimSpace(line)
	return line == "--" || line == "—" || len(line) >= 5 && strings.Trim(line, "_-=*–— ") == ""
}

var closings = []string{
	"kind regards", "kindest regards", "best regards", "warm regards", "warmest regards", "regards", "kind wishes", "best wishes", "warm wishes",
	"with best wishes", "with kind regards", "many thanks", "thanks", "thank you", "thanks in advance", "many thanks in advance", "thank you in advance",
	"thanks again", "with thanks", "thanks and regards", "thanks and kind regards", "yours sincerely", "yours faithfully", "yours truly", "sincerely",
	"faithfully", "all the best", "best", "cheers", "take care", "kr", "rgds", "many thanks and kind regards", "thank you and kind regards", "speak soon",
	"with regards", "yours", "kind regards and thanks", "many thanks and best wishes",
}

// isClosing tells the words that end a letter, alone on their line or before the writer's name.
func isClosing(line string) bool {
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

// isSentence tells a sentence from a line of a signature (a name, an office, an address, a telephone number): five words
// or more, most of them in small letters, or a postscript.
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
	return words >= 5 && 2*small >= words || words >= 3 && small >= 2 && strings.ContainsAny(line[len(line)-1:], ".!?")
}

// isJoining tells the small words that stand in titles and addresses too.
func isJoining(w string) bool {
	switch w {
	case "of", "and", "for", "the", "in", "at", "to", "on", "de", "van", "von":
		return true
	}
	return false
}

// notices are words that only mail systems and standing footers use. Each is long enough that no one writes it about a
// child.
var notices = []string{
	"this email and any attachment", "this e-mail and any attachment", "this message and any attachment", "this email (and any attachment", "this e-mail (and any attachment",
	"any files transmitted with it", "intended solely for", "solely for the use of", "intended only for", "for the intended recipient", "not the intended recipient", "intended recipient",
	"received this email in error", "received this e-mail in error", "received this message in error", "received it in error", "received this in error",
	"legally privileged", "may contain confidential", "contains confidential information", "is confidential and may", "unauthorised use", "unauthorized use",
	"consider the environment", "think before you print", "before printing this", "checked for viruses", "scanned for viruses", "virus-free", "swept by", "free from viruses", "computer virus",
	"views expressed", "opinions expressed", "do not necessarily represent", "do not necessarily reflect", "registered charity", "registered in england", "registered office", "company number",
	"company registration", "company limited by guarantee", "vat registration", "charity number", "registered in scotland", "exempt charity",
	"originated outside", "originated from outside", "from outside the organisation", "from outside of the organisation", "from outside your organisation", "from outside of your organisation",
	"external email", "external sender", "external e-mail", "[external]", "do not click links", "do not click on links", "don't click links", "do not open attachments", "unless you recognise the sender", "unless you trust the sender",
	"you don't often get email from", "you do not often get email from", "learn why this is important", "sent from my ", "sent from outlook", "get outlook for", "sent from yahoo", "sent from mail for",
	"our privacy notice", "our privacy policy", "subject to the freedom of information", "emails may be monitored", "emails are monitored", "communications may be monitored", "email is monitored",
	"learn about messages protected", "follow us on", "find us on", "visit our website", "please note my working", "my working days", "my working hours",
	"this message was sent securely", "click here to report", "report this message", "report phishing",
}

// noticeHead is how far into a line a notice's words may stand: what comes later in a long paragraph may be the writer's.
const noticeHead = 160

// isNotice tells a disclaimer or banner by its words. In a long paragraph only the beginning counts.
func isNotice(line string) bool {
	lower := strings.ToLower(strings.ReplaceAll(line, "’", "'"))
	if strings.HasPrefix(lower, "caution:") || strings.HasPrefix(lower, "disclaimer") || strings.HasPrefix(lower, "warning: external") {
		return true
	}
	head := lower[:min(len(lower), noticeHead)]
	for _, n := range notices {
		if strings.Contains(head, n) {
			return true
		}
	}
	return false
}
