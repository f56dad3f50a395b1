package triage

import (
	"fmt"
	"strconv"
	"strings"

	"referrald/parse/form"
)

// readBirth takes the birth date of the form or, where that gives none, of the tool.
func (f *facts) readBirth() birth {
	onForm, inTool := f.value(form.DateOfBirth), f.value(form.ToolChildBirth)
	var b birth
	first, ok := parseDay(onForm)
	second, okTool := parseDay(inTool)
	switch {
	case ok:
		b.day, b.known, b.words = first, true, f.words(form.DateOfBirth)
		b.differ = okTool && !second.Equal(first)
	case okTool:
		b.day, b.known, b.words = second, true, f.words(form.ToolChildBirth)
	default:
		return b
	}
	if b.day.After(f.mail.day) {
		b.known = false
		return b
	}
	b.age, b.year = ageOn(b.day, f.mail.day), schoolYearOn(b.day, f.mail.day)
	return b
}

// ruleAge is the clause age: 9 to 16 on the day the message arrived, up to 25 with special educational needs or
// disabilities stated.
func ruleAge(f *facts) {
	f.bornPlainly()
	if !f.birth.known {
		return
	}
	p, age := &f.policy.Age, f.birth.age
	on := f.mail.day.Format(longDay)
	switch {
	case !f.attended.phase.takes(age):
		f.say(CodeAgeSchoolDisagrees, fmt.Sprintf("%d on %s, and at a school for other ages: the birth date or the school is wrong.", age, on), append(f.birth.words, f.words(form.School)...)...)
	case age < p.From:
		f.say(CodeAgeTooYoung, fmt.Sprintf("%d on %s; the service supports %d to %d.", age, on, p.From, p.To), f.birth.words...)
	case age <= p.To:
		f.say(CodeAgeWithin, fmt.Sprintf("%d on %s; the service supports %d to %d.", age, on, p.From, p.To), f.birth.words...)
	case age > p.ToWithSEND:
		f.say(CodeAgeOverLimit, fmt.Sprintf("%d on %s; the service supports up to %d, with special educational needs or disabilities.", age, on, p.ToWithSEND), f.birth.words...)
	case age == p.ToWithSEND && p.Limit == "hold":
		f.say(CodeAgeAtLimit, fmt.Sprintf("%d on %s; the criteria say up to %d, and a person decides about that year.", age, on, p.ToWithSEND), f.birth.words...)
	case age == p.ToWithSEND && p.Limit == "signpost":
		f.say(CodeAgeAtLimitSignpost, fmt.Sprintf("%d on %s; the policy counts the year of %d as over the range.", age, on, p.ToWithSEND), f.birth.words...)
	default:
		f.olderWithSEND(on)
	}
	f.stated()
}

// bornPlainly says what is wrong with the birth date.
func (f *facts) bornPlainly() {
	switch {
	case f.birth.differ:
		f.say(CodeAgeBirthDatesDiffer, "", f.words(form.DateOfBirth, form.ToolChildBirth)...)
	case !f.hasForm():
		if !f.birth.known {
			f.say(CodeAgeNoBirthDate, "Without a referral form there is no birth date to go by.")
		}
	case f.value(form.DateOfBirth) == "" || !f.birth.known:
		f.ask(Missing(form.DateOfBirth))
		code := CodeAgeNoBirthDate
		if f.ref.Form.Born == form.DateImpossible || f.ref.Form.Born == form.DateNoDay || f.ref.Form.Born == form.DateUnclear ||
			f.value(form.DateOfBirth) != "" {
			code = CodeAgeBadBirthDate
		}
		f.say(code, "", f.words(form.DateOfBirth)...)
	}
}

// olderWithSEND is for those over the plain range and below the limit.
func (f *facts) olderWithSEND(on string) {
	words := append(f.birth.words, f.words(form.AdditionalNeeds)...)
	p, age := &f.policy.Age, f.birth.age
	switch f.send {
	case answerYes:
		f.say(CodeAgeWithSEND, fmt.Sprintf("%d on %s, with special educational needs or disabilities stated; the service supports up to %d with them.", age, on, p.ToWithSEND), words...)
	case answerNo:
		f.say(CodeAgeTooOld, fmt.Sprintf("%d on %s, and no special educational needs or disabilities; the service supports %d to %d.", age, on, p.From, p.To), words...)
	default:
		if f.hasForm() {
			f.ask(Missing(form.AdditionalNeeds))
		}
		f.say(CodeAgeSENDUnclear, fmt.Sprintf("%d on %s; over %d the service needs special educational needs or disabilities to be stated.", age, on, p.To), words...)
	}
}

// stated compares the school year that the form states with the one of the age. One off is usual (a summer-born child,
// a repeated year); two or more mean that one of the two is wrong.
func (f *facts) stated() {
	year, ok := statedYear(f.value(form.EducationStatus))
	if !ok || f.birth.age > 19 {
		return
	}
	words := append(f.words(form.EducationStatus), f.birth.words...)
	says := fmt.Sprintf("The form says year %d; a child of that age is in year %d.", year, f.birth.year)
	switch off := year - f.birth.year; {
	case off == 1, off == -1, off != 0 && f.birth.age > f.policy.Age.To: // sixth forms take students on for years
		f.say(CodeAgeYearDiffers, says, words...)
	case off != 0:
		f.say(CodeAgeYearContradicts, says, words...)
	}
}

// isNumber tells one or two digits.
func isNumber(s string) bool {
	return (len(s) == 1 || len(s) == 2) && s[0] >= '0' && s[0] <= '9' && s[len(s)-1] >= '0' && s[len(s)-1] <= '9'
}

// statedYear reads the one school year that a text names ("Full time, Year 10", "Y9"); several years tell nothing.
func statedYear(text string) (int, bool) {
	found, ok := 0, false
	words := strings.FieldsFunc(foldText(text), func(r rune) bool { return !inWord(r) })
	for i, w := range words {
		number := ""
		switch {
		case (w == "year" || w == "yr" || w == "y") && i+1 < len(words):
			number = words[i+1]
		case strings.HasPrefix(w, "year"):
			number = w[len("year"):]
		case strings.HasPrefix(w, "yr"):
			number = w[len("yr"):]
		case strings.HasPrefix(w, "y"):
			number = w[1:]
		}
		if !isNumber(number) {
			continue
		}
		n, err := strconv.Atoi(number)
		if err != nil || n > 14 {
			continue
		}
		if ok && n != found {
			return 0, false
		}
		found, ok = n, true
	}
	return found, ok
}
