package form

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A DateRole says whose date is read, from which the century of a two-digit year follows.
type DateRole uint8

// The roles of dates.
const (
	BirthDate      DateRole = iota // lies in the past; "98" is 1998, "14" is 2014
	CompletionDate                 // of a screening tool: always this century
)

// birthPivot parts the two-digit years of birth dates: from it on they are of the last century.
const birthPivot = 40

// ParseDate reads a date as people in the UK write it, the day first, and returns it as ISO 8601 with how it reads. Words
// around it do not matter ("14.3.13 (aged 12)"). Two different birth dates in one box are unclear.
func ParseDate(text string, role DateRole) (iso string, how Dated) {
	if strings.TrimSpace(text) == "" {
		return "", DateBlank
	}
	words := dateWords(text)
	how = DateUnclear
	for i := range words {
		d, n := dateAt(words[i:], role)
		if n == 0 {
			continue
		}
		if d.how != DateGood {
			if how == DateUnclear {
				how = d.how
			}
			continue
		}
		if role == BirthDate && otherDate(words[i+n:], d) {
			return "", DateUnclear
		}
		return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day), DateGood
	}
	return "", how
}

func otherDate(words []dateWord, first day) bool {
	for i := range words {
		if d, n := dateAt(words[i:], BirthDate); n >= 3 && d.how == DateGood && d != first {
			return true
		}
	}
	return false
}

// A day is a date as read.
type day struct {
	year, month, day int
	how              Dated
}

// A dateWord is a number or a month of a text.
type dateWord struct {
	number, digits int
	month          int
	sep            byte // what stands between it and the word before: '/', '-', '.' or ' '
}

// dateWords returns the numbers and months of a text; "O" and "l" among digits are read as 0 and 1. Any other word is
// a dateWord of its own, which no date holds.
func dateWords(text string) []dateWord {
	var out []dateWord
	end := 0
	for _, w := range split(text) {
		number, month := unglue(w.text)
		dw := readDateWord(number)
		if dw.digits < 0 {
			end = w.end
			continue
		}
		dw.sep = separatorOf(text[end:w.start])
		end = w.end
		out = append(out, dw)
		if month != "" {
			out = append(out, dateWord{month: monthOf(month), sep: ' '})
		}
		if rest := strings.TrimPrefix(w.text, number+month); month != "" && rest != "" {
			year := readDateWord(rest)
			year.sep = ' '
			out = append(out, year)
		}
	}
	return splitSolid(out)
}

// splitSolid parts dates without separators: 14032013 and 140313.
func splitSolid(words []dateWord) []dateWord {
	if len(words) != 1 || words[0].digits != 8 && words[0].digits != 6 {
		return words
	}
	n := words[0].number
	if words[0].digits == 8 {
		return []dateWord{{number: n / 1000000, digits: 2}, {number: n / 10000 % 100, digits: 2, sep: '/'}, {number: n % 10000, digits: 4, sep: '/'}}
	}
	return []dateWord{{number: n / 10000, digits: 2}, {number: n / 100 % 100, digits: 2, sep: '/'}, {number: n % 100, digits: 2, sep: '/'}}
}

// unglue parts a day from the month written on to it: "3nov", "14thmarch".
func unglue(w string) (number, month string) {
	at := 0
	for at < len(w) && w[at] >= '0' && w[at] <= '9' {
		at++
	}
	if at--; at < 0 || at > 1 {
		return w, ""
	}
	rest := strings.TrimRight(w[at+1:], "0123456789")
	for _, ordinal := range [...]string{"", "st", "nd", "rd", "th"} {
		if month, ok := strings.CutPrefix(rest, ordinal); ok && monthOf(month) > 0 {
			return w[:at+1+len(ordinal)], month
		}
	}
	return w, ""
}

func separatorOf(between string) byte {
	b := strings.Trim(between, " \u00a0\n\t,'’‘")
	switch {
	case b == "":
		return ' '
	case len(b) == 1 && strings.Contains("/-.\\|", b), b == "–", b == "—", b == "‑":
		return '/'
	}
	return '!'
}

// readDateWord reads a number, an ordinal or a month; digits is -1 for words that stand inside dates without a meaning.
func readDateWord(w string) dateWord {
	if m := monthOf(w); m > 0 {
		return dateWord{month: m}
	}
	switch w {
	case "of", "the", "day", "st", "nd", "rd", "th", "mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "w", "c":
		return dateWord{digits: -1}
	}
	number := strings.NewReplacer("o", "0", "l", "1", "i", "1").Replace(strings.TrimRight(w, "snrdth"))
	if n, err := strconv.Atoi(number); err == nil && w[0] <= '9' || err == nil && len(number) == len(w) && strings.ContainsAny(w, "0123456789") {
		return dateWord{number: n, digits: len(number)}
	}
	return dateWord{number: -1}
}

func monthOf(w string) int {
	if len(w) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if w == name || w == name[:3] || w == "sept" && m == time.September || len(w) > 3 && strings.HasPrefix(name, w) {
			return int(m)
		}
	}
	return 0
}

// dateAt reads the date that begins a list of words and tells how many words it took; 0 where there is none.
func dateAt(w []dateWord, role DateRole) (day, int) {
	switch {
	case len(w) >= 3 && w[0].digits == 4 && plainNumber(w[0]) && w[1].sep == '/' && w[2].sep == '/':
		return checked(w[0].number, w[1].number, w[2].number), 3 // ISO
	case len(w) >= 3 && plainNumber(w[0]) && w[0].digits <= 2 && w[1].month > 0 && isYear(w[2]) && joins(w[1]) && joins(w[2]):
		return checked(century(w[2], role), w[1].month, w[0].number), 3
	case len(w) >= 3 && w[0].month > 0 && plainNumber(w[1]) && w[1].digits <= 2 && isYear(w[2]) && joins(w[1]) && joins(w[2]):
		return checked(century(w[2], role), w[0].month, w[1].number), 3
	case len(w) >= 3 && plainNumber(w[0]) && w[0].digits <= 2 && plainNumber(w[1]) && w[1].digits <= 2 && isYear(w[2]) && joins(w[1]) && joins(w[2]) && (w[1].sep == w[2].sep):
		return dayFirst(century(w[2], role), w[1].number, w[0].number), 3
	case len(w) >= 2 && w[0].month > 0 && isYear(w[1]) && joins(w[1]):
		return day{how: DateNoDay}, 2
	case len(w) >= 2 && plainNumber(w[0]) && w[0].digits <= 2 && w[0].number >= 1 && w[0].number <= 12 && w[1].digits == 4 && w[1].sep == '/' && (len(w) == 2 || w[2].sep != '/'):
		return day{how: DateNoDay}, 2
	}
	return day{}, 0
}

func plainNumber(w dateWord) bool { return w.digits > 0 }

func isYear(w dateWord) bool {
	return w.digits == 2 || w.digits == 4 && w.number >= 1900 && w.number < 2100
}

func joins(w dateWord) bool { return w.sep == '/' || w.sep == ' ' }

// dayFirst reads day and month; only where the second number can be no month and the first can is the month first.
func dayFirst(year, month, d int) day {
	if month > 12 && d <= 12 {
		return checked(year, d, month)
	}
	return checked(year, month, d)
}

func century(w dateWord, role DateRole) int {
	switch {
	case w.digits == 4:
		return w.number
	case role == BirthDate && w.number >= birthPivot:
		return 1900 + w.number
	}
	return 2000 + w.number
}

func checked(year, month, d int) day {
	t := time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || t.Day() != d || t.Year() != year {
		return day{how: DateImpossible}
	}
	return day{year, month, d, DateGood}
}
