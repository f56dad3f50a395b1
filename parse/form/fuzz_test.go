package form_test

import (
	"reflect"
	"strings"
	"testing"

	"referrald/parse/form"
)

// FuzzRead holds that any document is read without a panic, twice alike, and that every value's words stood in it.
func FuzzRead(f *testing.F) {
	for _, c := range formCases {
		f.Add(c.drawing)
	}
	for _, c := range toolCases {
		f.Add(c.drawing)
	}
	lex, err := form.Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, drawing string) {
		if len(drawing) > 1<<14 {
			t.Skip("long drawings only cost time")
		}
		d := sketch(drawing)
		sheets := lex.Read(d, "form.docx", 0)
		if again := lex.Read(d, "form.docx", 0); !reflect.DeepEqual(sheets, again) {
			t.Fatalf("the same document read differently twice:\n%+v\n%+v", sheets, again)
		}
		words := " " + form.Fold(strings.ToUpper(d.Text())) + " "
		for _, s := range sheets {
			for _, k := range []form.Key{form.Name, form.ParentName, form.ReferrerName, form.Religion, form.Summary} {
				for _, w := range strings.Fields(form.Fold(strings.ToUpper(s.Fields[k].Text))) {
					if !strings.Contains(words, w) {
						t.Fatalf("%s holds %q, which stands nowhere", k, w)
					}
				}
			}
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"14/03/2013", "3rd Nov 2025", "Nov-25", "31.2.12", "2013-03-14"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, role := range []form.DateRole{form.BirthDate, form.CompletionDate} {
			if iso, how := form.ParseDate(text, role); (iso != "") != (how == form.DateGood) || iso != "" && len(iso) != len("2013-03-14") {
				t.Fatalf("%q reads as %q, %q", text, iso, how)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	lex, err := form.Load()
	if err != nil {
		b.Fatal(err)
	}
	d := sketch(named(shortForm, "Ania Kowal") + "\n" + formCases[0].drawing + "\n" + formCases[3].drawing)
	b.ReportAllocs()
	for b.Loop() {
		lex.Read(d, "form.docx", 0)
	}
}

func BenchmarkDefault(b *testing.B) {
	for b.Loop() {
		if _, err := form.Load(); err != nil {
			b.Fatal(err)
		}
	}
}
