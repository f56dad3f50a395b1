package ingest

import (
	"strings"
	"testing"
)

func TestAuthenticated(t *testing.T) {
	ours := Trust{Profile: ByAuthservID, AuthservID: "mx.charity.example"}
	exchange := Trust{Profile: ExchangeOnline}
	from := "From: DSL <dsl@oak.stoke.sch.uk>"
	head := func(fields ...string) []byte {
		return lines(append(fields, from, "Date: Mon, 12 Oct 2026 09:00:00 +0100", "", "x")...)
	}
	cases := []struct {
		name  string
		raw   []byte
		trust Trust
		want  bool
	}{
		{"DMARC pass", head("Authentication-Results: mx.charity.example; dmarc=pass (p=reject dis=none) header.from=oak.stoke.sch.uk"), ours, true},
		{"id in another case, with a version", head("Authentication-Results: MX.Charity.Example 1; dmarc=pass header.from=oak.stoke.sch.uk"), ours, true},
		{"DMARC fail, SPF pass aligned", head("Authentication-Results: mx.charity.example; spf=pass smtp.mailfrom=dsl@oak.stoke.sch.uk; dmarc=fail header.from=oak.stoke.sch.uk"), ours, false},
		{"no DMARC, SPF pass aligned", head("Authentication-Results: mx.charity.example; spf=pass smtp.mailfrom=dsl@oak.stoke.sch.uk; dmarc=none"), ours, true},
		{"no DMARC, DKIM pass of a sub-domain", head("Authentication-Results: mx.charity.example; dkim=pass header.d=mail.oak.stoke.sch.uk; spf=fail"), ours, true},
		{"DKIM by its identity", head("Authentication-Results: mx.charity.example; dkim=pass header.i=@oak.stoke.sch.uk"), ours, true},
		{"second DKIM signature", head("Authentication-Results: mx.charity.example; dkim=pass header.d=gateway.example; dkim=pass header.d=oak.stoke.sch.uk"), ours, true},
		{"DKIM pass of another", head("Authentication-Results: mx.charity.example; dkim=pass header.d=gateway.example; spf=pass smtp.mailfrom=bounce.gateway.example"), ours, false},
		{"another school under the same council's domain", head("Authentication-Results: mx.charity.example; dkim=pass header.d=elm.stoke.sch.uk"), ours, false},
		{"the council's domain alone", head("Authentication-Results: mx.charity.example; dkim=pass header.d=stoke.sch.uk"), ours, false},
		{"DMARC of another domain", head("Authentication-Results: mx.charity.example; dmarc=pass header.from=evil.example"), ours, false},
		{"soft fail", head("Authentication-Results: mx.charity.example; spf=softfail smtp.mailfrom=oak.stoke.sch.uk"), ours, false},
		{"none", head("Authentication-Results: mx.charity.example; none"), ours, false},
		{"no field", head("X: y"), ours, false},
		{"another server's", head("Authentication-Results: mx.evil.example; dmarc=pass header.from=oak.stoke.sch.uk"), ours, false},
		{"forged below ours", head("Authentication-Results: mx.charity.example; dmarc=fail header.from=oak.stoke.sch.uk", "Authentication-Results: mx.charity.example; dmarc=pass header.from=oak.stoke.sch.uk"), ours, false},
		{"forged below ours that says little", head("Authentication-Results: mx.charity.example; spf=none", "Authentication-Results: mx.charity.example; dmarc=pass header.from=oak.stoke.sch.uk"), ours, false},
		{"ours below a relay's", head("Authentication-Results: relay.charity.example; spf=fail", "Authentication-Results: mx.charity.example; dmarc=pass header.from=oak.stoke.sch.uk"), ours, true},
		{"forged in a comment", head("Authentication-Results: mx.charity.example; spf=none (a; dmarc=pass header.from=oak.stoke.sch.uk)"), ours, false},
		{"forged in an address that closes the comment", head(`Authentication-Results: mx.charity.example; spf=none (domain of "a); dmarc=pass header.from=oak.stoke.sch.uk ("@evil.example) smtp.mailfrom=evil.example`), ours, false},
		{"forged in a quoted address", head(`Authentication-Results: mx.charity.example; spf=pass smtp.mailfrom="x\"; dmarc=pass header.from=oak.stoke.sch.uk"@evil.example`), ours, false},
		{"forged as part of an address", head(`Authentication-Results: mx.charity.example; spf=pass smtp.mailfrom="x smtp.mailfrom=oak.stoke.sch.uk"@evil.example`), ours, false},
		{"comment not closed", head("Authentication-Results: mx.charity.example; spf=none ( ; dmarc=pass header.from=oak.stoke.sch.uk"), ours, false},
		{"no id is trusted", head("Authentication-Results: mx.charity.example; dmarc=pass"), Trust{Profile: ByAuthservID}, false},
		{"no profile is trusted", head("Authentication-Results: mx.charity.example; dmarc=pass"), Trust{AuthservID: "mx.charity.example"}, false},
		{"two authors", lines("Authentication-Results: mx.charity.example; dmarc=pass header.from=oak.stoke.sch.uk", "From: dsl@oak.stoke.sch.uk, x@evil.example", "", "x"), ours, false},
		{"two From fields", lines("Authentication-Results: mx.charity.example; dmarc=pass header.from=oak.stoke.sch.uk", "From: x@evil.example", from, "", "x"), ours, false},
		{"no author", lines("Authentication-Results: mx.charity.example; dmarc=pass", "Subject: y", "", "x"), ours, false},

		{"Exchange: pass", head("Authentication-Results: spf=pass (sender IP is 192.0.2.1)", " smtp.mailfrom=oak.stoke.sch.uk; dkim=pass (signature was verified)", " header.d=oak.stoke.sch.uk;dmarc=pass action=none", " header.from=oak.stoke.sch.uk;compauth=pass reason=100"), exchange, true},
		{"Exchange: no DMARC record, aligned", head("Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=oak.stoke.sch.uk; dkim=none (message not signed) header.d=none;dmarc=bestguesspass action=none header.from=oak.stoke.sch.uk;compauth=pass reason=109"), exchange, true},
		{"Exchange: composite alone", head("Authentication-Results: spf=none (sender IP is 192.0.2.1) smtp.mailfrom=oak.stoke.sch.uk; dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=oak.stoke.sch.uk;compauth=pass reason=130"), exchange, false},
		{"Exchange: fail above a forged pass", head("Authentication-Results: spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=oak.stoke.sch.uk; dkim=none header.d=none;dmarc=fail action=oreject header.from=oak.stoke.sch.uk;compauth=fail reason=000", "Authentication-Results: spf=pass smtp.mailfrom=oak.stoke.sch.uk; dmarc=pass action=none header.from=oak.stoke.sch.uk"), exchange, false},
		{"Exchange: topmost bears an id", head("Authentication-Results: mx.evil.example; dmarc=pass header.from=oak.stoke.sch.uk"), exchange, false},
		{"Exchange's form is not ours", head("Authentication-Results: spf=pass smtp.mailfrom=oak.stoke.sch.uk; dmarc=pass header.from=oak.stoke.sch.uk"), ours, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := mustOpen(t, c.raw).Authenticated(c.trust); got != c.want {
				t.Errorf("authenticated %v", got)
			}
		})
	}
}

// FuzzResults holds that a sender who chooses the address in our server's field vouches for nobody but himself.
func FuzzResults(f *testing.F) {
	for _, s := range []string{"a", `x\"; dmarc=pass header.from=oak.stoke.sch.uk (`, "a b=c", "\\", "a;b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, local string) {
		if strings.ContainsAny(local, "\r\n") {
			return
		}
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(local) + `"`
		field := "mx.charity.example; spf=none (domain of " + quoted + "@evil.example) smtp.mailfrom=" + quoted + "@evil.example"
		id, results := parseResults(field)
		if id != "mx.charity.example" || len(results) != 1 || vouches(results, "oak.stoke.sch.uk") || results[0].domain("smtp.mailfrom") != "evil.example" {
			t.Errorf("%s: %s, %+v", field, id, results)
		}
		parseResults(local) // whatever stands there, it ends
	})
}
