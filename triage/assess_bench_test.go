package triage

import (
	"testing"

	"referrald/parse/form"
	"referrald/triage/prose"
)

// BenchmarkAssess decides one referral, the reading of its prose left out.
func BenchmarkAssess(b *testing.B) {
	s := newScene(b)
	s.assessor.recognise = func([]form.Passage) []prose.Finding { return nil }
	b.ReportAllocs()
	for b.Loop() {
		if in := s.assessor.Assess(s.arr, s.read); in.Outcome != Accept {
			b.Fatal(in.Outcome)
		}
	}
}

// TestDecidingAllocates holds the bound on what deciding one referral may allocate.
func TestDecidingAllocates(t *testing.T) {
	s := newScene(t)
	s.assessor.recognise = func([]form.Passage) []prose.Finding { return nil }
	if n := testing.AllocsPerRun(50, func() { s.assessor.Assess(s.arr, s.read) }); n > 100 {
		t.Errorf("%v allocations for one referral", n)
	}
}
