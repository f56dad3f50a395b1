package triage

import (
	"strings"
	"testing"

	"referrald/parse/form"
	"referrald/triage/prose"
)

// paragraph is what a school writes of a child, without anything that stops the machine.
const paragraph = `Kieran joined us in Year 7 and settled well, although his attendance has dropped to 84% since Easter. He has started to spend time
with a new group of friends who are older than he is, and mum says that he comes home late two or three evenings a week. There is no evidence that he
carries a knife and he has never been arrested. He has new trainers that he says were a birthday present. His brother is known to the police. Staff
describe him as tired and withdrawn in lessons, and he has twice walked out of maths. He enjoys football and wants to be an electrician. We think that
he would benefit from work on peer pressure, county lines and healthy friendships in a small group.
`

// twoPages is a referral with about a thousand words of prose.
func twoPages(tb testing.TB) *scene {
	tb.Helper()
	words, err := prose.Default()
	if err != nil {
		tb.Fatal(err)
	}
	s := newScene(tb)
	s.assessor.Prose = words
	s.child.Passages = []form.Passage{{Source: form.FromForm, Key: form.Summary, Evidence: form.Evidence{Text: strings.Repeat(paragraph, 8)}}}
	return s
}

// BenchmarkAssess decides one referral with two pages of prose.
func BenchmarkAssess(b *testing.B) {
	s := twoPages(b)
	b.ReportAllocs()
	for b.Loop() {
		if in := s.assessor.Assess(s.arr, s.read); in.Outcome != Accept {
			b.Fatal(in.Outcome, codesOf(in))
		}
	}
}

// BenchmarkRules decides one referral, the reading of its prose left out.
func BenchmarkRules(b *testing.B) {
	s := newScene(b)
	s.assessor.recognise = func([]form.Passage) []prose.Finding { return nil }
	b.ReportAllocs()
	for b.Loop() {
		if in := s.assessor.Assess(s.arr, s.read); in.Outcome != Accept {
			b.Fatal(in.Outcome)
		}
	}
}

// TestDecidingAllocates holds the bound on what deciding one referral may allocate beyond its result.
func TestDecidingAllocates(t *testing.T) {
	bare := newScene(t)
	bare.assessor.recognise = func([]form.Passage) []prose.Finding { return nil }
	for name, s := range map[string]*scene{"without prose": bare, "two pages of prose": twoPages(t)} {
		var in Intake
		n := testing.AllocsPerRun(20, func() { in = s.assessor.Assess(s.arr, s.read) })
		if n -= float64(parts(&in)); n > 100 {
			t.Errorf("%s: %v allocations beyond the result", name, n)
		}
	}
}

// parts counts the slices and computed sentences that a result is made of.
func parts(in *Intake) (n int) {
	lists := [][]Reason{in.Reasons}
	n += 2 // the signs of the mail and the list of children
	for i := range in.Children {
		lists = append(lists, in.Children[i].Decision.Reasons)
		n += 4 // signs, missing, flags, next
	}
	for _, list := range lists {
		n++
		for i := range list {
			if len(list[i].Words) > 0 {
				n++
			}
			if list[i].Says != list[i].Code.Sentence() {
				n++
			}
		}
	}
	return n
}
