package triage

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"referrald/parse"
	"referrald/parse/form"
)

// A mail about one child with another child's form is a slip that a letter would carry on. It is told only where the mail
// plainly names whom the papers are for, by first name and surname or by initials and year, and not a word or letter of that
// is the child's: nicknames, siblings, a second surname are no doubt.

// named finds whose papers a mail says it brings: "the referral form for Liam Carter", "referring Liam Carter", "Liam Carter's
// referral".
var named = regexp.MustCompile(`\b(?i:referrals?(?: form)?|forms?|screening tool|paperwork)[:,]?\s+(?i:for|of|regarding|re|-|–|:)\s+(?:(?i:our|a|the|this|pupil|student|child|young person|year \d+|yr ?\d+|y\d+)[\s,]+)*(` + fullName + `)` +
	`|\b(?i:refer|referring)\s+(?:(?i:our|pupil|student)\s+)*(` + fullName + `)|(` + fullName + `)['’]s?\s+(?i:referral|paperwork|screening tool)\b`)

const fullName = `\p{Lu}\p{Ll}+(?:['’-]\p{L}+)*(?: \p{Lu}['’]?\p{L}*\p{Ll}(?:['’-]\p{L}+)*){1,2}`

// coded finds initials with a year in a subject: "CCE referral - NG Y9".
var coded = regexp.MustCompile(`(?:^|[\s:(–-])(\p{Lu}\.? ?\p{Lu}\.?),? \(?(?:Y|Yr|Year) ?\d{1,2}\b`)

// ruleWhose holds a message whose own words name another child than its documents are about.
func (m *message) ruleWhose() {
	for i := range m.read.Passages {
		p := &m.read.Passages[i]
		if p.Source == form.FromBody && m.namesOther(p.Text) || p.Source == form.FromSubject && (m.namesOther(p.Text) || m.codesOther(p.Text)) {
			m.say(CodeOtherName, "", p.Evidence)
			return
		}
	}
}

// namesOther tells whether a text says that the papers are another child's by name.
func (m *message) namesOther(text string) bool {
	for _, at := range named.FindAllStringSubmatchIndex(text, -1) {
		from, to := at[2], at[3]
		for i := 4; from < 0; i += 2 {
			from, to = at[i], at[i+1]
		}
		if name := parse.NameOf(text[from:to]); m.isOther(name, m.children()) && !m.isStaff(name) && !office.MatchString(text[from:]) {
			return true
		}
	}
	return false
}

// office finds what somebody is at a school or council, right behind the name: such a name is no child's.
var office = regexp.MustCompile(`^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){1,2}?\s*[,(–-]?\s*(?i:(?:our|the|your|who is our)\s+)?(?i:deputy |assistant |designated |acting |senior )*(?:D?DSLs?\b|SENDCo|SENCo|(?i:head ?teacher|head of|principal|safeguarding|pastoral|teacher|tutor|social worker|family support|governor|school nurse|year manager))`)

// isStaff tells whether a name is in a signature of the mail, or in the address that it came from.
func (m *message) isStaff(name parse.Name) bool {
	box := strings.Join(parse.NameOf(localPart(m.arrival.From)), "")
	first, _ := utf8.DecodeRuneInString(name[0])
	if last := name[len(name)-1]; len(last) >= leastSurname && strings.Contains(box, last) && strings.ContainsRune(strings.Replace(box, last, "", 1), first) {
		return true
	}
	for i := range m.read.Passages {
		if p := &m.read.Passages[i]; p.Source == form.FromFooter && strings.Contains(spaced(parse.NameOf(strings.ReplaceAll(p.Text, "(", " "))), spaced(name)) {
			return true
		}
	}
	return false
}

// spaced returns words with space around each.
func spaced(words []string) string { return " " + strings.Join(words, " ") + " " }

// leastSurname is how long a surname is at least that is looked for within an address.
const leastSurname = 4

// codesOther tells whether a subject says so by initials.
func (m *message) codesOther(subject string) bool {
	found := coded.FindStringSubmatch(subject)
	return found != nil && m.otherInitials(found[1], m.children())
}

// children returns the words of the names of all children that the documents are about, or nil where one is not known.
func (m *message) children() (words []string) {
	for i := range m.read.Referrals {
		r := &m.read.Referrals[i]
		name := parse.NameOf(r.Value(form.Name))
		if len(name) < 2 {
			return nil
		}
		words = append(append(words, name...), parse.NameOf(r.Value(form.ToolChildName))...)
	}
	return words
}

// isOther tells whether a name is nobody's that the documents know: no word of it is a child's, nor stands anywhere in a
// form or the school's name, nor is one that names no person.
func (m *message) isOther(name parse.Name, own []string) bool {
	for _, w := range name {
		if slices.ContainsFunc(own, func(o string) bool { return kindred(w, o) }) || slices.Contains(m.assessor.Policy.Form.NotNames, w) || m.written(w) {
			return false
		}
	}
	return len(name) >= 2 && own != nil
}

// kindred tells two words of names of which one may stand for the other: "Maddie" and "Madison", a slip of the pen.
func kindred(a, b string) bool {
	return parse.Name{a}.Like(parse.Name{b}, true) || len(a) >= 3 && len(b) >= 3 && a[:3] == b[:3]
}

// written tells whether a word stands in a field of a form or tool, or in the name of the sender's school.
func (m *message) written(word string) bool {
	for _, s := range m.from.schools {
		if slices.Contains(parse.NameOf(s.Name), word) {
			return true
		}
	}
	for i := range m.read.Referrals {
		for _, v := range m.read.Referrals[i].Fields {
			if slices.Contains(parse.NameOf(strings.ReplaceAll(v.Text, "(", " ")), word) {
				return true
			}
		}
	}
	return false
}

// otherInitials tells whether no letter of a subject's initials is one of a child's.
func (m *message) otherInitials(initials string, own []string) bool {
	letters := parse.NameOf(strings.Join(parse.NameOf(initials), ""))
	if len(letters) != 1 || own == nil || slices.Contains(m.assessor.Policy.Form.NotNames, letters[0]) {
		return false
	}
	for _, r := range letters[0] {
		if slices.ContainsFunc(own, func(o string) bool { first, _ := utf8.DecodeRuneInString(o); return first == r }) {
			return false
		}
	}
	return true
}
