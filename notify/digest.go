package notify

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"referrald/triage"
)

// DigestFacts are all that the staff's summary is made of: references, codes, numbers and times.
type DigestFacts struct {
	From, At time.Time // since the last digest, until now
	Urgent   []Line    // not acknowledged
	Held     []Line    // for a person; urgent ones and drafts may stand here, too, and are shown once
	Waiting  []Line    // for schools
	Drafts   []Line    // a letter is drafted and waits for a person's release
	Look     []Line    // signposted, not looked over yet
	Accepted []Line    // since From
	Counts   map[triage.Outcome]int
	Weeks    []Week // the last ones, oldest first
	Reviews  []ReviewLine
	Failed   []FailureLine

	LastRead        time.Time // when the mailbox was last read, zero if never
	Seen, Accounted int       // messages that arrived, and those of them that are decided or held
	Queued          int       // letters that wait to leave
	AuditHead       string    // the audit's last hash, in hexadecimal
	SecretExpires   time.Time // of the mailbox's login, zero if not known
	CanarySent      time.Time // when the last trial message was sent, zero where none are
	CanaryReturned  time.Time // when the last one that came back had been sent, zero if none did yet
	Troubles        []TroubleLine
	Notices         []Notice
}

// A Line is one case in a list.
type Line struct {
	Reference Reference
	Since     time.Time // it waits since then
	Outcome   triage.Outcome
	Urgent    bool
	Code      triage.Code // the one reason that weighs most
	Next      Step        // "": what follows from the list in which it stands
}

// A Week is one week's outcomes.
type Week struct {
	Start  time.Time // its Monday
	Counts map[triage.Outcome]int
}

// A ReviewLine is a review of the tracker that is due.
type ReviewLine struct {
	Reference Reference
	Code      triage.Code // triage.CodeStatusReview or triage.CodeToolReview
	Due       time.Time   // a day, as midnight UTC
	Overdue   bool
}

// A FailureLine is something that failed.
type FailureLine struct {
	Reference Reference
	What      Mishap
}

// Digest writes the staff's summary: counts first, then lists, oldest first. Nothing in the facts can keep it from being
// written: what is not in its closed list is shown as unknown, and never as it stands.
func (c *Composer) Digest(f DigestFacts, e StaffEnvelope) (Mail, error) {
	f.Drafts = without(f.Drafts, f.Urgent)
	f.Held = without(without(f.Held, f.Urgent), f.Drafts)
	blocks := []block{
		{Kind: titleBlock, Text: "Referrals on " + c.when(f.At)},
		{Kind: paragraphBlock, Text: fmt.Sprintf("What waits now, and what happened since %s.", c.when(f.From))},
	}
	blocks = append(blocks, c.lasting(&f)...)
	blocks = append(blocks, c.warnings(&f)...)
	blocks = append(blocks, block{Kind: tilesBlock, Facts: f.tiles()})
	blocks = append(blocks, f.since()...)
	blocks = append(blocks, f.lists()...)
	blocks = append(blocks, f.reviews()...)
	blocks = append(blocks, f.failures()...)
	var chart []byte
	if len(f.Weeks) > 0 {
		drawn, err := c.chart(f.Weeks)
		if err != nil {
			return Mail{}, fmt.Errorf("writing the digest: %w", err)
		}
		chart = drawn
		blocks = append(blocks, c.weeks(f.Weeks)...)
	}
	blocks = append(blocks, c.state(&f)...)
	m, err := c.mail(f.subject(), blocks, chart, &e)
	if err != nil {
		return Mail{}, fmt.Errorf("writing the digest: %w", err)
	}
	return m, nil
}

// subject tells at a glance whether the digest must be opened now.
func (f *DigestFacts) subject() string {
	waiting := len(f.Urgent) + len(f.Held) + len(f.Drafts)
	switch {
	case len(f.Urgent) > 0:
		return fmt.Sprintf("Referrals: %d urgent, %d for a person in all", len(f.Urgent), waiting)
	case waiting > 0:
		return fmt.Sprintf("Referrals: %d for a person", waiting)
	case len(f.Failed) > 0:
		return fmt.Sprintf("Referrals: nothing waits for a person, %d failed", len(f.Failed))
	}
	return "Referrals: nothing waits for a person"
}

// without leaves out what another list shows already.
func without(list, shown []Line) []Line {
	return slices.DeleteFunc(slices.Clone(list), func(l Line) bool {
		return slices.ContainsFunc(shown, func(s Line) bool { return s.Reference == l.Reference })
	})
}

func (c *Composer) warnings(f *DigestFacts) (out []block) {
	for _, n := range notices {
		if n.warning && slices.Contains(f.Notices, n.notice) {
			out = append(out, block{Kind: warningBlock, Text: n.says})
		}
	}
	if left := f.SecretExpires.Sub(f.At); !f.SecretExpires.IsZero() && left < ExpiresSoon {
		day := f.SecretExpires.In(c.policy.London).Format("2 January 2006")
		text := fmt.Sprintf("The secret with which the mailbox is opened expired on %s: make a new one.", day)
		if left > 0 {
			text = fmt.Sprintf("The secret with which the mailbox is opened expires on %s, in %s: make a new one, or intake and letters stop.", day, ago(f.At, f.SecretExpires))
		}
		out = append(out, block{Kind: warningBlock, Text: text})
	}
	if f.Accounted < f.Seen && f.Seen-f.Accounted > 0 {
		out = append(out, block{Kind: warningBlock, Text: fmt.Sprintf("%s not accounted for yet: look again in the next summary.", verb(f.Seen-f.Accounted, "message is", "messages are"))})
	}
	return out
}

// ExpiresSoon is how early an expiring secret is a warning.
const ExpiresSoon = 30 * 24 * time.Hour

func verb(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (f *DigestFacts) tiles() []fact {
	due := len(f.Reviews)
	number := func(n int) string { return fmt.Sprint(n) }
	return []fact{
		{"urgent, not acknowledged", number(len(f.Urgent))},
		{"held for a person", number(len(f.Held))},
		{"letters drafted, to be released", number(len(f.Drafts))},
		{"waiting for schools", number(len(f.Waiting))},
		{"signposted, to be looked over", number(len(f.Look))},
		{"tracker reviews due", number(due)},
		{"failed", number(len(f.Failed))},
	}
}

// since counts what was decided since the last digest.
func (f *DigestFacts) since() []block {
	total := 0
	var facts []fact
	for _, o := range charted {
		n := f.Counts[o.outcome]
		total += n
		facts = append(facts, fact{sentence(o.word), fmt.Sprint(n)})
	}
	out := []block{{Kind: headingBlock, Text: "Since the last summary"}}
	if total == 0 {
		return append(out, block{Kind: paragraphBlock, Text: "Nothing new was decided."})
	}
	return append(out, block{Kind: factsBlock, Facts: facts})
}

// mostLines bounds a list, so that a digest can be read.
const mostLines = 100

func (f *DigestFacts) lists() (out []block) {
	for _, l := range []struct {
		title string
		lines []Line
		next  Step
	}{
		{"Urgent: not acknowledged", f.Urgent, StepAcknowledge},
		{"Held for a person", f.Held, StepDecide},
		{"Letters to be released", f.Drafts, StepRelease},
		{"Waiting for schools", f.Waiting, StepAwait},
		{"Signposted: to be looked over", f.Look, StepLookOver},
		{"Accepted since the last summary", f.Accepted, StepConfirm},
	} {
		if len(l.lines) > 0 {
			out = append(out, block{Kind: headingBlock, Text: fmt.Sprintf("%s (%d)", l.title, len(l.lines))})
			out = append(out, listed(l.lines, f.At, l.next)...)
		}
	}
	if len(out) == 0 {
		out = append(out, block{Kind: headingBlock, Text: "What waits"}, block{Kind: paragraphBlock, Text: "Nothing waits for anybody."})
	}
	return out
}

func listed(lines []Line, now time.Time, next Step) []block {
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Reference, b.Reference)) })
	var cards []card
	for _, l := range lines[:min(len(lines), mostLines)] {
		cards = append(cards, l.card(now, next))
	}
	out := []block{{Kind: cardsBlock, Cards: cards}}
	if more := len(lines) - mostLines; more > 0 {
		out = append(out, block{Kind: paragraphBlock, Text: fmt.Sprintf("And %d more: case list shows them all.", more)})
	}
	return out
}

// stands says how long the case waits or, where it waits for nobody, when it came.
func (l *Line) stands(now time.Time, next Step) string {
	if next == StepConfirm {
		return "came " + ago(l.Since, now) + " ago"
	}
	return "waits " + ago(l.Since, now)
}

func (l *Line) card(now time.Time, next Step) card {
	stands := l.stands(now, next)
	if l.Next.Sentence() != "" && string(l.Next) != string(l.Code) { // a flag that asks for a step is said once
		next = l.Next
	}
	word, t := outcomeWord(l.Outcome), string(l.Outcome)
	if l.Urgent {
		word, t = word+", urgent", urgentTone
	}
	c := card{Head: []string{l.Reference.shown(), stands, word}, Tone: t}
	if l.Code.Known() {
		c.Lines = append(c.Lines, fmt.Sprintf("%s (%s)", l.Code.Sentence(), l.Code.Clause()))
	} else {
		c.Lines = append(c.Lines, "The reason is in the case.")
	}
	c.Lines = append(c.Lines, "Next: "+ended(next.Sentence()))
	return c
}

func (f *DigestFacts) reviews() []block {
	if len(f.Reviews) == 0 {
		return nil
	}
	due := slices.Clone(f.Reviews)
	slices.SortStableFunc(due, func(a, b ReviewLine) int { return a.Due.Compare(b.Due) })
	var cards []card
	for _, r := range due[:min(len(due), mostLines)] {
		when := "due " + r.Due.Format("2 January 2006")
		if r.Overdue {
			when = "overdue since " + r.Due.Format("2 January 2006")
		}
		says := "A review is due."
		if r.Code.Known() {
			says = fmt.Sprintf("%s (%s)", r.Code.Sentence(), r.Code.Clause())
		}
		t := string(triage.Accept)
		if r.Overdue {
			t = urgentTone
		}
		cards = append(cards, card{Head: []string{r.Reference.shown(), when}, Lines: []string{says, "Next: " + ended(StepReview.Sentence())}, Tone: t})
	}
	return []block{{Kind: headingBlock, Text: fmt.Sprintf("Tracker reviews (%d)", len(due))}, {Kind: cardsBlock, Cards: cards}}
}

func (f *DigestFacts) failures() []block {
	if len(f.Failed) == 0 {
		return nil
	}
	var cards []card
	for _, x := range f.Failed[:min(len(f.Failed), mostLines)] {
		cards = append(cards, card{Head: []string{x.Reference.shown(), "failed"}, Lines: []string{x.What.Sentence()}, Tone: urgentTone})
	}
	return []block{{Kind: headingBlock, Text: fmt.Sprintf("What failed (%d)", len(f.Failed))}, {Kind: cardsBlock, Cards: cards}}
}

// state tells whether the daemon itself is well.
func (c *Composer) state(f *DigestFacts) []block {
	read := "never yet"
	if !f.LastRead.IsZero() {
		read = fmt.Sprintf("%s (%s ago)", c.when(f.LastRead), ago(f.LastRead, f.At))
	}
	facts := []fact{
		{"Mailbox last read", read},
		{"Messages seen", fmt.Sprint(f.Seen)},
		{"Accounted for", fmt.Sprint(f.Accounted)},
		{"Letters on their way", fmt.Sprint(f.Queued)},
	}
	if !f.SecretExpires.IsZero() {
		facts = append(facts, fact{"Mailbox secret expires", f.SecretExpires.In(c.policy.London).Format("2 January 2006")})
	}
	if !f.CanarySent.IsZero() {
		facts = append(facts, fact{"Trial messages", c.canary(f)})
	}
	if _, err := hex.DecodeString(f.AuditHead); err == nil && f.AuditHead != "" && len(f.AuditHead) <= 128 {
		facts = append(facts, fact{"Audit's last hash", grouped(f.AuditHead)})
	}
	out := []block{{Kind: headingBlock, Text: "How the system is"}, {Kind: factsBlock, Facts: facts}}
	items := c.over(f)
	for _, n := range notices {
		if !n.warning && slices.Contains(f.Notices, n.notice) {
			items = append(items, n.says)
		}
	}
	if len(items) > 0 {
		out = append(out, block{Kind: listBlock, Items: items})
	}
	return out
}

// canary says whether what the system writes to itself comes back.
func (c *Composer) canary(f *DigestFacts) string {
	switch {
	case f.CanaryReturned.IsZero():
		return fmt.Sprintf("none has come back yet; the last was sent %s ago", ago(f.CanarySent, f.At))
	case f.CanaryReturned.Before(f.CanarySent):
		return fmt.Sprintf("that of %s came back; the last, sent %s ago, not yet", c.when(f.CanaryReturned), ago(f.CanarySent, f.At))
	}
	return fmt.Sprintf("the last, of %s, came back", c.when(f.CanarySent))
}

// grouped writes a hash in groups that a line can be broken between, and that can be read aloud.
func grouped(hash string) string {
	var groups []string
	for g := range slices.Chunk([]byte(hash), 8) {
		groups = append(groups, string(g))
	}
	return strings.Join(groups, " ")
}
