package notify

import (
	"bytes"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

func TestReferencesAreReadAsTyped(t *testing.T) {
	for typed, want := range map[string]Reference{
		"7K3M-Q4XP": "7K3M-Q4XP", " 7k3m-q4xp ": "7K3M-Q4XP", "R-7K3M-Q4XP": "7K3M-Q4XP", "r-7k3m-q4xp/2": "7K3M-Q4XP/2", "7K3M-Q4XP/19": "7K3M-Q4XP/19",
		"": "", "7K3MQ4XP": "", "7K3M-Q4X": "", "7K3M-Q4XPP": "", "7K3M-Q4XO": "", "7K3M-Q4X0": "", "7K3M-Q4XP/0": "", "7K3M-Q4XP/100": "", "7K3M-Q4XP/": "",
		"7K3M-Q4XP\r\nBcc: a@b.example": "", "7K3M-Q4XP 7K3M-Q4XP": "", "７K3M-Q4XP": "",
	} {
		got, err := ParseReference(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v; want %q", typed, got, err, want)
		}
		if err != nil && err != errShape {
			t.Errorf("%q: the error is of its own: %v", typed, err)
		}
	}
}

func TestReferencesAreFoundInMails(t *testing.T) {
	for text, want := range map[string][]Reference{
		"Re: Your referral 7K3M-Q4XP: received":             {"7K3M-Q4XP"},
		"our ref. R-7K3M-Q4XP.":                             {"7K3M-Q4XP"},
		"(7k3m-q4xp), and PQRT-3467 again 7K3M-Q4XP":        {"7K3M-Q4XP", "PQRT-3467"},
		"7K3M-Q4XP\nPQRT-3467":                              {"7K3M-Q4XP", "PQRT-3467"},
		"no reference: A7K3M-Q4XP, 7K3M-Q4XPQ, 7K3M-Q4XP34": nil,
		"4417-7K3M-Q4XP-3334 is a number of the post":       nil,
		"": nil,
	} {
		if got := FindReferences(text); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

func TestDrawnReferencesAreReadAndFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rapid.SliceOfN(rapid.Byte(), 64, 256).Draw(t, "random")
		r, err := NewReference(bytes.NewReader(random))
		if err != nil {
			return // so many bytes were thrown away that none were left
		}
		if back, err := ParseReference(string(r)); err != nil || back != r {
			t.Fatalf("%s is read as %q: %v", r, back, err)
		}
		if opener := (r + "/12").Opener(); opener != r || r.Opener() != r {
			t.Fatalf("%s/12 was opened by %s", r, opener)
		}
		if found := FindReferences("Re: " + string(r) + ", and more"); !slices.Equal(found, []Reference{r}) {
			t.Fatalf("%s is found as %v", r, found)
		}
	})
}

// TestDrawnReferencesUseEveryLetter: a letter that is never drawn, or a repetition, would tell of a bad draw.
func TestDrawnReferencesUseEveryLetter(t *testing.T) {
	seen, letters := map[Reference]bool{}, map[rune]int{}
	for range 2000 {
		r, err := NewReference(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if seen[r] {
			t.Fatalf("%s was drawn twice", r)
		}
		seen[r] = true
		for _, letter := range r {
			letters[letter]++
		}
	}
	for _, letter := range referenceLetters {
		if letters[letter] < 400 {
			t.Errorf("%c was drawn %d times in 16,000", letter, letters[letter])
		}
	}
}

func TestAFailingSourceDrawsNothing(t *testing.T) {
	broken := errors.New("broken")
	if r, err := NewReference(iotest.ErrReader(broken)); r != "" || !errors.Is(err, broken) {
		t.Errorf("got %q, %v", r, err)
	}
}

func FuzzFindReferences(f *testing.F) {
	for _, seed := range []string{"Re: 7K3M-Q4XP/2", "R-7K3M-Q4XP", "-7K3M-Q4XP-", "7K3M-Q4XP7K3M-Q4XP", "\xff7K3M-Q4XP\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found := FindReferences(text)
		for i, r := range found {
			if !r.Valid() || slices.Contains(found[:i], r) || !strings.Contains(strings.ToUpper(text), string(r)) {
				t.Fatalf("%q is found in %q", r, text)
			}
		}
		if !slices.Equal(found, FindReferences(text)) {
			t.Fatal("another answer the second time")
		}
	})
}
