package main

import (
	"bytes"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"testing"

	"referrald/notify"
	"referrald/triage"
)

// Two services whose daemons write to each other stop after one letter: each takes the other's letter for what it is, a
// machine's, whatever it says and whoever it is from.
func TestAnAnswerIsNotAnswered(t *testing.T) {
	e := examinerFor(t)
	var kinds []triage.LetterKind
	for _, name := range []string{"01-accepted-word", "03-no-screening-tool", "05-level-medium", "06-level-high", "08-earlier-intervention", "11-police"} {
		raw, err := demoMail.ReadFile("demodata/" + name + ".eml")
		if err != nil {
			t.Fatal(err)
		}
		letter := answerTo(t, e, raw)
		if letter == nil {
			t.Fatalf("%s is not answered", name)
		}
		kinds = append(kinds, letter.Kind)
		back, err := e.Examine(t.Context(), returned(t, letter.Raw, raw), surroundings{})
		if err != nil {
			t.Fatal(err)
		}
		if back.Intake.Outcome != triage.Ignore || back.Intake.Letter != "" {
			t.Errorf("the answer to %s is %s, and answered with %q", name, back.Intake.Outcome, back.Intake.Letter)
		}
	}
	slices.Sort(kinds)
	if len(slices.Compact(kinds)) < 3 {
		t.Errorf("only these kinds of letter were tried: %v", kinds)
	}
}

// answerTo returns the letter that a message would be answered with.
func answerTo(t *testing.T, e *examiner, raw []byte) *notify.Letter {
	t.Helper()
	x, err := e.Examine(t.Context(), raw, surroundings{})
	if err != nil {
		t.Fatal(err)
	}
	letter, err := e.compose(x, x.Intake.Letter, notify.Reference(explainReference), "answer@charity.example", x.Arrival.At)
	if err != nil {
		t.Fatal(err)
	}
	return letter
}

// returned makes of a letter what the other service's server takes in: from the school's address, which it vouches for.
func returned(t *testing.T, letter, first []byte) []byte {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := bytes.Cut(letter, []byte("\r\n\r\n"))
	lines := strings.Split(string(head), "\r\n")
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "From:") })
	var b bytes.Buffer
	for _, name := range []string{"Authentication-Results", "Received", "From"} {
		fmt.Fprintf(&b, "%s: %s\r\n", name, m.Header.Get(name))
	}
	fmt.Fprintf(&b, "%s\r\n\r\n%s", strings.Join(lines, "\r\n"), body)
	return b.Bytes()
}
