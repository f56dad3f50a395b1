package parse_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// A dice makes choices that are the same for the same seed.
type dice struct{ *rand.Rand }

func newDice(seed, n uint64) dice { return dice{rand.New(rand.NewPCG(seed, n))} }

// of tells with a chance of one in n.
func (d dice) of(n int) bool { return d.IntN(n) == 0 }

func pick[T any](d dice, from ...T) T { return from[d.IntN(len(from))] }

// A person is one child with those around it. All are made up.
type person struct {
	name, born, iso, phone, address, postcode   string
	parent, kin, parentPhone, school, needs     string
	referrer, role, referrerMail, referrerPhone string
	ethnicity, religion, language, sexuality    string
}

var givenNames = []string{"Kieran", "Zoë", "Amélie", "Mary-Kate", "D'Shawn", "Jean-Luc", "Siân", "Niamh Roisin", "Abdul-Rahman", "Mohammed Ali", "Nguyễn", "Łukasz", "Chloe Grace Ann", "Jo", "T'Challa",
	"Şebnem", "Bronwen", "Ifeoluwa", "Saoirse", "Xiu Ying", "Alfie-Jay", "Ffion", "Hope", "Faith", "Mark", "Will", "Summer", "Unity", "Precious", "River", "Blessing"}

var surnames = []string{"O'Dowd", "Kowalczyk", "Smith-Jones", "van der Berg", "ap Rhys", "Ní Bhriain", "Begum", "de la Cruz", "St. John", "Green", "Church", "Parent", "D’Arcy", "McAllister", "Öztürk", "Father-Hill", "Singh Gill",
	"Young", "Child", "School", "Day", "Low", "High", "Amber", "Redman", "Nwosu-Ó Sé", "Fitzgerald", "Jones", "Yates", "Date", "North", "Key", "X"}

func (d dice) name() string {
	given, family := pick(d, givenNames...), pick(d, surnames...)
	switch d.IntN(12) {
	case 0:
		return family + ", " + given
	case 1:
		return strings.ToUpper(family) + " " + given
	case 2:
		return given + " (known as " + pick(d, "Kez", "AJ", "Bo", "Tink") + ") " + family
	case 3:
		return given + " " + pick(d, givenNames...) + " " + family
	case 4:
		return strings.ToUpper(given + " " + family)
	}
	return given + " " + family
}

// date writes a day in one of the ways that people do.
func (d dice) date(t time.Time) string {
	ordinal := func(n int) string {
		switch {
		case n%10 == 1 && n != 11:
			return fmt.Sprint(n, "st")
		case n%10 == 2 && n != 12:
			return fmt.Sprint(n, "nd")
		case n%10 == 3 && n != 13:
			return fmt.Sprint(n, "rd")
		}
		return fmt.Sprint(n, "th")
	}
	day := strings.ReplaceAll(ordinal(t.Day()), " ", "")
	switch d.IntN(14) {
	case 0:
		return t.Format("2.1.06")
	case 1:
		return t.Format("02-01-2006")
	case 2:
		return t.Format("2 January 2006")
	case 3:
		return day + t.Format(" January 2006")
	case 4:
		return day + t.Format(" of January 2006")
	case 5:
		return t.Format("Monday ") + day + t.Format(" January 2006")
	case 6:
		return t.Format("2 Jan 06")
	case 7:
		return t.Format("2-Jan-2006")
	case 8:
		return t.Format("January 2, 2006")
	case 9:
		return t.Format("02 / 01 / 2006")
	case 10:
		return t.Format("02.01.2006")
	case 11:
		return t.Format("2006-01-02")
	}
	return t.Format("02/01/2006")
}

func (d dice) person() person {
	born := time.Date(2010+d.IntN(6), time.Month(1+d.IntN(12)), 1+d.IntN(28), 0, 0, 0, 0, time.UTC)
	p := person{name: d.name(), born: d.date(born), iso: born.Format("2006-01-02"),
		phone:    pick(d, "07700 900", "07700900", "01632 960 ") + fmt.Sprint(100+d.IntN(900)),
		postcode: pick(d, "ST4 2QH", "ST13 8DL", "WS11 1AB", "B77 2AB", "DE14 3GH", "ST1 5HP"),
		parent:   pick(d, "Mrs ", "Ms ", "", "Mr ", "Dr ") + d.name(), kin: pick(d, "mother", "mum", "dad", "grandmother (SGO)", "foster carer", "step-father"),
		parentPhone: "07700 900" + fmt.Sprint(100+d.IntN(900)),
		school:      pick(d, "Larkmoor Academy", "St. Chad's CE (VC) Primary School", "The Hollies PRU", "Ysgol Bryn Coch", "High Street Primary", "All Saints' Catholic College", "Co-op Academy Fenside"),
		needs:       pick(d, "EHCP in place - MLD", "None", "SEN support, ADHD", "Moderate learning difficulties", "N/A", "Awaiting assessment for autism"),
		referrer:    d.name(), role: pick(d, "DSL", "Deputy Head", "Head of Year 9", "Pastoral lead", "SENCo"),
		ethnicity: pick(d, "White British", "White & Black Caribbean", "Pakistani", "Gypsy/Roma", "Not known", "Any other Asian background"),
		religion:  pick(d, "None", "C of E", "Muslim", "Roman Catholic", "Not disclosed", "No religion"),
		language:  pick(d, "English", "Polish", "Urdu and English", "Welsh", "Romanian (interpreter needed)"),
		sexuality: pick(d, "Heterosexual", "Not known", "Prefer not to say", "Bisexual")}
	p.address = fmt.Sprint(1+d.IntN(99), " ", pick(d, "Mill Lane", "High Street", "School Road", "Church View", "Parent's Croft"), ", ", pick(d, "Leek", "Hanley", "Stone", "Tamworth"))
	first, _, _ := strings.Cut(strings.ToLower(strings.Map(asciiLetter, p.referrer)), " ")
	p.referrerMail, p.referrerPhone = first+"@larkmoor.stoke.sch.uk", "01632 960"+fmt.Sprint(100+d.IntN(900))
	return p
}

func asciiLetter(r rune) rune {
	if r == ' ' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
		return r
	}
	return -1
}

// sentences are prose for the free boxes. Words of labels stand in them, as they do in real ones.
var sentences = []string{"He has new trainers and a second phone and can't say who paid for them.", "School: attendance has dropped to 71% since September.", "She is often out past ten and mum does not know where.",
	"An older boy waits for her in a car after school.", "No concerns about weapons.", "Mum is worried about his friends and would like some help.", "Reason unknown, but his mood is low.",
	"Previously reported missing in Year 7, not since.", "He says he owes nobody anything.", "Contact with dad is on Saturdays.", "Risk of exclusion - two suspensions this term.", "Date of last incident 03/09/2026.", "Name of the older boy is not known."}

func (d dice) prose(lines int) string {
	var out []string
	for range lines {
		out = append(out, pick(d, sentences...))
	}
	return strings.Join(out, "\n")
}
