package form_test

import (
	"testing"

	"referrald/parse/form"
)

// TestReadDifferingAnswers holds that two answers within one form are a conflict where a decision turns on them, and no two
// ways of writing one answer are.
func TestReadDifferingAnswers(t *testing.T) {
	head := named(shortForm, "Ania Kowal")
	for name, c := range map[string]struct {
		lines string
		key   form.Key
	}{
		"consent":               {"\n**Are parents aware of the referral?** Yes, mum on Monday\n**Parents aware:** No", form.ParentAware},
		"consent twice":         {"\n**Are parents aware of the referral?** Yes\n**Parents aware:** Y", ""},
		"consent printed":       {"\n**Are parents aware of the referral?** No\n**Parents aware:** Yes / No", ""},
		"postcode":              {"\n**Home postcode:** ST1 1AA\n**Postcode:** ST16 2BB", form.Postcode},
		"postcode twice":        {"\n**Home postcode:** ST1 1AA\n**Postcode:** st11aa", ""},
		"parent's own postcode": {"\n**Home postcode:** ST1 1AA\n**Parent / carer name:** Jo Kowal\n**Postcode:** ST16 2BB", ""},
		"school":                {"\n**School:** Larkmoor Academy\n**Name of school:** Birch High School", form.School},
		"school twice":          {"\n**School:** Larkmoor Academy\n**Name of school:** Larkmoor High Academy, Stoke", ""},
	} {
		s := one(t, readSketch(t, head+c.lines), form.ReferralForm)
		var keys []form.Key
		for _, conflict := range s.Conflicts {
			keys = append(keys, conflict.Key)
		}
		if c.key == "" && len(keys) > 0 || c.key != "" && (len(keys) != 1 || keys[0] != c.key) {
			t.Errorf("%s: conflicts over %v, want %q", name, keys, c.key)
		}
	}
}
