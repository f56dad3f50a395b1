package form_test

import (
	"slices"
	"strings"
	"testing"

	"referrald/parse/document"
	"referrald/parse/form"
)

const inkHead = "**Referral form**\n**Name of young person:** Ania Kowal\n**DOB:** 14/03/13\n**Referrer name:** Jo Field\n"

// TestReadInk holds that the colour of letters chooses from a list only where a few options alone differ by it, that it is
// less sure than bold, and that where it cannot tell nothing is taken for "no".
func TestReadInk(t *testing.T) {
	for name, c := range map[string]struct {
		list []string
		want []form.CareStatus
		rest document.Mark // of those that are not wanted
	}{
		"red among black":   {[]string{"Not open to social care", "^^Early Help Assessment/Plan^^", "Child in Need Plan", "Child Protection Plan", "Child in Care"}, []form.CareStatus{form.EarlyHelp}, document.Unticked},
		"black among grey":  {[]string{",,Not open to social care,,", "Early Help Assessment/Plan", ",,Child in Need Plan,,", ",,Child Protection Plan,,", ",,Child in Care,,"}, []form.CareStatus{form.EarlyHelp}, document.Unticked},
		"red among grey":    {[]string{",,Not open to social care,,", ",,Early Help Assessment/Plan,,", "^^Child in Need Plan^^", ",,Child Protection Plan,,", ",,Child in Care,,"}, []form.CareStatus{form.ChildInNeed}, document.Unticked},
		"a house colour":    {[]string{"^^Not open to social care^^", "^^Early Help Assessment/Plan^^", "^^Child in Need Plan^^", "^^Child Protection Plan^^", "^^Child in Care^^"}, nil, document.NoMark},
		"most are coloured": {[]string{"Not open to social care", "^^Early Help Assessment/Plan^^", "^^Child in Need Plan^^", "^^Child Protection Plan^^", "Child in Care"}, nil, document.MarkUnknown},
	} {
		s := one(t, readSketch(t, inkHead+"**Social care status:**\n"+strings.Join(c.list, "\n")+"\n**Hobbies/Interests/Aspirations:** Judo"), form.ReferralForm)
		if _, got := ticked(s); !slices.Equal(got, c.want) {
			t.Errorf("%s: want %v, got %v", name, c.want, got)
		}
		for _, status := range form.CareStatuses {
			m := s.Status[status]
			if slices.Contains(c.want, status) && m.Confidence >= 0.65 {
				t.Errorf("%s: %s is as sure as %v", name, status, m.Confidence)
			}
			if !slices.Contains(c.want, status) && m.Mark != c.rest {
				t.Errorf("%s: %s is %v", name, status, m.Mark)
			}
		}
	}
}

// TestReadInkOfAnswers holds the same of answers of yes and no and of levels.
func TestReadInkOfAnswers(t *testing.T) {
	for answer, want := range map[string]string{"^^Yes^^ / No": "Yes", ",,Yes,, / No": "No", "^^Yes / No^^": "", "Yes / No": ""} {
		s := one(t, readSketch(t, inkHead+"**Have the parents/carers been informed of this referral?:** "+answer), form.ReferralForm)
		checkFields(t, s, map[form.Key]string{form.ParentAware: want})
	}
	for list, want := range map[string]form.Level{"^^Low^^ / Medium / High": form.LevelLow, ",,Low / ,,Medium,, / High,,": form.LevelMedium, "Low / Medium / High": form.LevelUnknown,
		"^^Low / Medium / High^^": form.LevelUnknown} {
		s := one(t, readSketch(t, "**Stoke-on-Trent Safeguarding: Exploitation Screening**\n**Name of child:** Ania Kowal\n**Date of completion:** 3/11/26\n**Level of risk:** "+list), form.ScreeningTool)
		if s.Level != want {
			t.Errorf("%s: want %s, got %s", list, want, s.Level)
		}
	}
}
