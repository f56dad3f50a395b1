package ingest

import "testing"

// TestDisplayNamesNeverCount: whatever a name pretends, the author is who the address says, and nobody vouches for a
// domain that stands in a name, a comment or a second address.
func TestDisplayNamesNeverCount(t *testing.T) {
	ours := Trust{Profile: ByAuthservID, AuthservID: "mx.charity.example"}
	for from, want := range map[string]string{
		`"dsl@oak.stoke.sch.uk" <evil@mail.example>`:                             "evil@mail.example",
		`dsl@oak.stoke.sch.uk <evil@mail.example>`:                               "evil@mail.example",
		`"DSL, Oak School <dsl@oak.stoke.sch.uk>" <evil@mail.example>`:           "evil@mail.example",
		`=?utf-8?q?DSL_=3Cdsl=40oak=2Estoke=2Esch=2Euk=3E?= <evil@mail.example>`: "evil@mail.example",
		`Dr. DSL, Oak School <EVIL@Mail.Example>`:                                "evil@mail.example",
		`dsl+referrals@oak.stoke.sch.uk`:                                         "dsl+referrals@oak.stoke.sch.uk",
	} {
		m := mustOpen(t, lines("Authentication-Results: mx.charity.example; dmarc=pass header.from=mail.example", "From: "+from, "", "x"))
		if m.From != want || m.Authenticated(ours) != (want == "evil@mail.example") {
			t.Errorf("%s: %q, authenticated %t; want %q", from, m.From, m.Authenticated(ours), want)
		}
	}
	for _, from := range []string{
		`(dsl@oak.stoke.sch.uk) evil@mail.example`, `dsl@oak.stoke.sch.uk, evil@mail.example`, `evil@mail.example, dsl@oak.stoke.sch.uk`,
		`"DSL" <dsl@oak.stoke.sch.uk@mail.example>`, `<dsl@oak.stoke.sch.uk> <evil@mail.example>`,
	} {
		m := mustOpen(t, lines("Authentication-Results: mx.charity.example; dmarc=pass header.from=mail.example", "From: "+from, "", "x"))
		if m.From != "evil@mail.example" && m.Authenticated(ours) {
			t.Errorf("%s: %q is vouched for", from, m.From)
		}
	}
}
