package triage

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A School is one establishment of the register.
type School struct {
	URN     string
	Name    string
	Council Council
	Phase   Phase
	Closed  bool
	LowAge  int // statutory ages; 0 where the register gives none
	HighAge int
	Domain  string // of its website, or "" where that tells nothing about its mail
	folded  string
}

// A Register is the schools of a GIAS extract ("Get Information about Schools"), found by their mail domains and names.
// A nil Register knows none.
type Register struct {
	schools  []School
	byDomain map[string][]int
	byName   map[string][]int
}

// Len returns the number of schools.
func (r *Register) Len() int {
	if r == nil {
		return 0
	}
	return len(r.schools)
}

// maxRegister bounds the bytes of an extract; all of England has about 70 MB.
const maxRegister = 256 << 20

// maxFaults bounds the faults that are reported of one file.
const maxFaults = 20

// The columns of a GIAS extract that the rules use.
const (
	columnURN     = "URN"
	columnLA      = "LA (name)"
	columnName    = "EstablishmentName"
	columnType    = "TypeOfEstablishment (name)"
	columnStatus  = "EstablishmentStatus (name)"
	columnPhase   = "PhaseOfEducation (name)"
	columnLow     = "StatutoryLowAge"
	columnHigh    = "StatutoryHighAge"
	columnWebsite = "SchoolWebsite"
)

var requiredColumns = []string{columnLA, columnName, columnType, columnStatus, columnPhase, columnWebsite}

// ReadRegister reads a GIAS extract in CSV, in UTF-8 or Windows-1252. Faults are reported together, each with its line;
// then no register is returned. Websites on hosts that the policy calls shared, on councils' and on public mail domains
// tell nothing about who sends mail, and are left out.
func ReadRegister(r io.Reader, p *Policy) (*Register, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxRegister+1))
	if err != nil {
		return nil, fmt.Errorf("reading the register of schools: %w", err)
	}
	if len(data) > maxRegister {
		return nil, fmt.Errorf("reading the register of schools: larger than %d MB", maxRegister>>20)
	}
	reg, err := readRegister(data, p)
	if err != nil {
		return nil, fmt.Errorf("reading the register of schools: %w", err)
	}
	return reg, nil
}

func readRegister(data []byte, p *Policy) (*Register, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
		if err != nil {
			return nil, fmt.Errorf("decoding Windows-1252: %w", err)
		}
		data = decoded
	}
	rows := csv.NewReader(bytes.NewReader(data))
	rows.ReuseRecord = true
	head, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("reading the column names: %w", err)
	}
	columns, err := columnsOf(head)
	if err != nil {
		return nil, err
	}
	reg := &Register{byDomain: map[string][]int{}, byName: map[string][]int{}}
	if err := reg.rows(rows, columns, p); err != nil {
		return nil, err
	}
	if len(reg.schools) == 0 {
		return nil, errors.New("no school in it")
	}
	return reg, nil
}

// columnsOf finds the columns by their names, whatever their order and letter case.
func columnsOf(head []string) (map[string]int, error) {
	at := map[string]int{}
	for _, want := range append([]string{columnURN, columnLow, columnHigh}, requiredColumns...) {
		at[want] = slices.IndexFunc(head, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), want) })
	}
	var missing []string
	for _, c := range requiredColumns {
		if at[c] < 0 {
			missing = append(missing, c)
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("line 1: no column %s; is this an extract of Get Information about Schools?", strings.Join(missing, ", "))
	}
	return at, nil
}

func (reg *Register) rows(rows *csv.Reader, at map[string]int, p *Policy) error {
	var faults []error
	for len(faults) < maxFaults {
		rec, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *csv.ParseError
		switch {
		case errors.As(err, &bad):
			faults = append(faults, fmt.Errorf("line %d: %w", bad.Line, bad.Err))
		case err != nil:
			return err
		default:
			if err := reg.row(rec, at, p); err != nil {
				line, _ := rows.FieldPos(0)
				faults = append(faults, fmt.Errorf("line %d: %w", line, err))
			}
		}
	}
	return errors.Join(faults...)
}

// row takes one school.
func (reg *Register) row(rec []string, at map[string]int, p *Policy) error {
	get := func(column string) string {
		if i := at[column]; i >= 0 {
			return strings.TrimSpace(strings.Clone(rec[i]))
		}
		return ""
	}
	s := School{URN: get(columnURN), Name: get(columnName), Council: councilOf(get(columnLA))}
	if s.Name == "" {
		return fmt.Errorf("%s is empty", columnName)
	}
	var err error
	if s.LowAge, err = ageIn(get(columnLow)); err != nil {
		return fmt.Errorf("%s: %w", columnLow, err)
	}
	if s.HighAge, err = ageIn(get(columnHigh)); err != nil {
		return fmt.Errorf("%s: %w", columnHigh, err)
	}
	status := strings.ToLower(get(columnStatus))
	s.Closed = strings.HasPrefix(status, "closed") || strings.HasPrefix(status, "proposed")
	s.Phase = phaseOf(get(columnType), get(columnPhase), s.LowAge, s.HighAge)
	s.Domain = websiteDomain(get(columnWebsite))
	if p.tellsNothing(s.Domain) {
		s.Domain = ""
	}
	reg.add(s)
	return nil
}

func (reg *Register) add(s School) {
	s.folded = foldName(s.Name)
	i := len(reg.schools)
	reg.schools = append(reg.schools, s)
	reg.byName[s.folded] = append(reg.byName[s.folded], i)
	if s.Domain != "" {
		reg.byDomain[s.Domain] = append(reg.byDomain[s.Domain], i)
	}
}

func ageIn(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 120 {
		return 0, fmt.Errorf("%q is no age", text)
	}
	return n, nil
}

// councilOf tells the service's two councils from all others by the register's name of the local authority.
func councilOf(la string) Council {
	switch foldText(la) {
	case "stoke-on-trent", "stoke on trent":
		return Stoke
	case "staffordshire":
		return Staffordshire
	case "":
		return CouncilUnknown
	}
	return Outside
}

// websiteDomain returns the domain of a website as it is typed in the register: with or without a scheme, "www." or a
// path. It is "" where the text is no domain, or one under which anybody can have a name ("staffs.sch.uk", "co.uk").
func websiteDomain(site string) string {
	d := strings.ToLower(strings.TrimSpace(site))
	for _, scheme := range []string{"https", "http"} {
		if rest, ok := strings.CutPrefix(d, scheme); ok && strings.HasPrefix(strings.TrimLeft(rest, ":;. "), "/") {
			d = strings.TrimLeft(rest, ":;./ ")
			break
		}
	}
	if i := strings.IndexAny(d, "/?#: "); i >= 0 {
		d = d[:i]
	}
	d = d[strings.LastIndexByte(d, '@')+1:]
	for _, www := range []string{"www.", "www2.", "www3.", "ww."} {
		d = strings.TrimPrefix(d, www)
	}
	d = strings.TrimSuffix(d, ".")
	if d == "" || !wellFormedDomain(d) {
		return ""
	}
	if ownedDomain(d) == "" {
		return ""
	}
	return d
}

// tellsNothing tells whether a website's domain is shared by others than the school: a council's, a public mail host, a
// site builder.
func (p *Policy) tellsNothing(d string) bool {
	s := &p.Senders
	for _, list := range [...][]string{s.SharedHosts, s.FreeMail, s.Police, s.LocalAuthority, s.Government, s.Health} {
		if matchesDomain(d, list) {
			return true
		}
	}
	return false
}

// ByDomain returns the schools whose website has a mail domain or a parent of it: mail comes from "otterby.org.uk" and
// from "staff.otterby.org.uk". It never looks further up than the name that was registered, so a look-alike
// ("otterby.org.uk.example.com", "my-otterby.org.uk") finds nothing. Schools that are open come before closed ones.
func (r *Register) ByDomain(domain string) []School {
	if r == nil || domain == "" {
		return nil
	}
	owned := ownedDomain(domain)
	for d := domain; owned != "" && len(d) >= len(owned); d = parentDomain(d) {
		if at := r.byDomain[d]; len(at) > 0 {
			return r.open(at)
		}
		if d == owned {
			break
		}
	}
	return nil
}

// open returns the schools at the given places, without the closed ones where any is open: a school that became an
// academy stands twice in the register, with one website.
func (r *Register) open(at []int) []School {
	out := make([]School, 0, len(at))
	for _, i := range at {
		if !r.schools[i].Closed {
			out = append(out, r.schools[i])
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, i := range at {
		out = append(out, r.schools[i])
	}
	return out
}

// ByName returns the one open school with a name, or none where several or none have it.
func (r *Register) ByName(name string) (School, bool) {
	if r == nil || name == "" {
		return School{}, false
	}
	at := r.byName[foldName(name)]
	if len(at) == 0 {
		return School{}, false
	}
	found := r.open(at)
	return found[0], len(found) == 1 && !found[0].Closed
}

// foldName brings a school's name into the shape in which names are compared: letters and digits alone.
func foldName(name string) string {
	var b strings.Builder
	for _, word := range nameWords(name) {
		b.WriteString(word)
		b.WriteByte(' ')
	}
	return strings.TrimSuffix(b.String(), " ")
}

// nameWords returns the words of a name, lower case, apostrophes left out, "Saint" as "st".
func nameWords(name string) []string {
	words := strings.FieldsFunc(strings.ReplaceAll(foldText(name), "'", ""), func(r rune) bool { return !inWord(r) })
	out := words[:0]
	for _, w := range words {
		switch w {
		case "the":
			continue
		case "saint":
			w = "st"
		}
		out = append(out, w)
	}
	return out
}

// plainWords are the words of schools' names that many share.
var plainWords = map[string]bool{
	"school": true, "academy": true, "college": true, "ce": true, "c": true, "of": true, "e": true, "rc": true, "va": true, "vc": true,
	"church": true, "england": true, "catholic": true, "voluntary": true, "aided": true, "controlled": true, "trust": true, "and": true,
}

// pick returns the one school among those that share a domain whose name a text bears; the longest name found decides.
// With bare names, the words that many schools share ("Academy", "CE") may be left out.
func pick(schools []School, text string, bare bool) (School, bool) {
	folded := " " + foldName(text) + " "
	best, found, several := 0, School{}, false
	for _, s := range schools {
		n := len(s.folded)
		if !strings.Contains(folded, " "+s.folded+" ") {
			name := bareName(s.folded)
			n = len(name)
			if !bare || !strings.Contains(folded, " "+name+" ") {
				continue
			}
		}
		switch {
		case n > best:
			best, found, several = n, s, false
		case n == best:
			several = true
		}
	}
	return found, best > 0 && !several
}

// bareName leaves the common words out of a folded name; a name of common words alone stays whole.
func bareName(folded string) string {
	var kept []string
	for _, w := range strings.Fields(folded) {
		if !plainWords[w] {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		return folded
	}
	return strings.Join(kept, " ")
}
