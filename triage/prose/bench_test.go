package prose

import (
	"strings"
	"testing"

	"referrald/parse/form"
)

// twoPages is the prose of one referral, about a thousand words: mail, boxes of the form, rows of the tool.
func twoPages() []form.Passage {
	summary := "Over the autumn Corin has begun to come home late three or four nights a week and will not say where he has been. " +
		"Mum reports new trainers and a second phone that nobody at home bought. There is no evidence of drug use, and he is " +
		"not known to carry weapons. His older brother is known to police and served a sentence for supply. Attendance has " +
		"fallen from 96% to 81% since Easter; he was suspended once in Year 7 with nothing since. Staff have heard rumours " +
		"that he may be vaping with older boys at the park. He is tired, short-tempered and has pulled away from old friends. "
	passage := func(s form.Source, k form.Key, text string) form.Passage {
		return form.Passage{Source: s, Key: k, Evidence: form.Evidence{Text: text}}
	}
	return []form.Passage{
		passage(form.FromSubject, "", "Referral for a pupil in Year 9"),
		passage(form.FromBody, "", "Dear team,\n\nPlease find attached a form and a screening tool for one of our pupils. Parents know and agree.\n\nKind regards"),
		passage(form.FromForm, form.Summary, strings.Repeat(summary, 4)),
		passage(form.FromForm, form.ProtectiveFactors, strings.Repeat("Close to his nan, who sees him each day. Enjoys football and cookery, and is good with a knife in the kitchen. ", 4)),
		passage(form.FromForm, form.AreasOfWork, strings.Repeat("County lines, debt bondage, healthy friendships, saying no, keeping safe online. ", 4)),
		passage(form.FromTool, "", strings.Repeat("Goes missing: occasionally late home\nCarries a weapon: no\nUnexplained money: trainers, second phone\n", 8)),
	}
}

// Of two pages, reading allocates little: its buffers, and the findings.
func TestAllocations(t *testing.T) {
	l, ps := lexicon(t), twoPages()
	if n := testing.AllocsPerRun(10, func() { l.Read(ps) }); n >= 100 {
		t.Errorf("reading two pages takes %v allocations", n)
	}
}

func BenchmarkTwoPages(b *testing.B) {
	l, ps := lexicon(b), twoPages()
	size := 0
	for _, p := range ps {
		size += len(p.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		l.Read(ps)
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Default(); err != nil {
			b.Fatal(err)
		}
	}
}
