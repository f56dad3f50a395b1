package parse

import (
	"testing"

	"referrald/parse/form"
)

// TestIsSecondPage tells the second page of a photographed form from the first page of another child's.
func TestIsSecondPage(t *testing.T) {
	page := func(fields ...string) []form.Sheet {
		s := form.Sheet{Kind: form.ReferralForm, Fields: map[form.Key]form.Value{}}
		for i := 0; i < len(fields); i += 2 {
			s.Fields[form.Key(fields[i])] = form.Value{Text: fields[i+1]}
		}
		return []form.Sheet{s}
	}
	first := page(string(form.Name), "Ada Quill", string(form.School), "Larkmoor Academy")
	for name, c := range map[string]struct {
		second []form.Sheet
		want   bool
	}{
		"goes on":                 {page(string(form.Summary), "New trainers"), true},
		"says the same again":     {page(string(form.School), "LARKMOOR ACADEMY"), true},
		"another child's":         {page(string(form.Name), "Bo Field"), false},
		"another child's, unread": {page(string(form.School), "Birch High School", string(form.Summary), "Late home"), false},
	} {
		if got := isSecondPage(first, c.second); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
