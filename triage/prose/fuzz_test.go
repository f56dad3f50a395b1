package prose

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"referrald/parse/form"
)

// FuzzRead reads any text without a panic, quotes only words that stand in it, and says the same twice.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"He carries a knife; his brother doesn't.", "Weapons: none\nGangs: yes", "?knife – “possible” county lines…", "She\u2019s been missing since 9:30.",
		"no no no not never but", "Dad\x00said\xffthat", strings.Repeat("who and, ", 300), "1:1 1:: :1 '' ' ’", printed,
	} {
		f.Add("body", seed)
		f.Add("form", seed)
	}
	l := lexicon(f)
	f.Fuzz(func(t *testing.T, source, text string) {
		ps := []form.Passage{passageOf(source, text)}
		start := time.Now()
		found := l.Read(ps)
		if spent := time.Since(start); spent > 5*time.Second {
			t.Errorf("%d bytes took %s", len(text), spent)
		}
		for _, x := range found {
			if !strings.Contains(text, x.Evidence.Text) || x.Evidence.Text == "" {
				t.Errorf("%q does not stand in the passage", x.Evidence.Text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(x.Evidence.Text) {
				t.Errorf("%q is cut within a letter", x.Evidence.Text)
			}
		}
		if !reflect.DeepEqual(found, l.Read(ps)) {
			t.Error("the second reading differs")
		}
	})
}

// FuzzLoad takes any extension or says what is wrong with it.
func FuzzLoad(f *testing.F) {
	f.Add(saying("weapons", "(a|b c)? {weapon} *3 x(s|ed)? y+ z?"))
	f.Add("[words]\na = [\"{a}\"]\n" + saying("weapons", "{a}"))
	f.Add(saying("weapons", "((((a b|c)|d e)|f)|g"))
	f.Fuzz(func(t *testing.T, text string) {
		b := &book{}
		if faults := b.add("extension", strings.NewReader(text)); len(faults) > 0 {
			return
		}
		if l, err := compile(b); err == nil {
			l.Read([]form.Passage{passageOf("body", text)})
		}
	})
}
