package parse_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referrald/parse"
	"referrald/parse/form"
)

// ada are the answers that stand in each of the bodies below.
var ada = map[form.Key]string{
	form.Name: "Ada Quill", form.DateOfBirth: "2013-03-14", form.Postcode: "ST1 5LY", form.ParentAware: "Yes",
	form.School: "Larkmoor Academy", form.ReferrerName: "Jo Examplar", form.Summary: "Late home most evenings and has a new phone.",
}

// pasted are bodies into which people have typed or pasted the form. What stands above and below is theirs, or nobody's.
var pasted = map[string]string{
	"colons": `Hi team, please see below.
Name of young person: Ada Quill
DOB: 14/03/2013
Address: 1 Test Street, Stoke-on-Trent, ST1 5LY
Are the parents aware of the referral?: Yes
Name of School/Provision: Larkmoor Academy
Referrer name: Jo Examplar
Summary of risk/reason for referral: Late home most evenings and has a new phone.
Kind regards
Jo
This email may contain confidential information about a child at high risk.`,
	"tabs": "Name of young person\tAda Quill\nDOB\t14.03.2013\nAddress\t1 Test Street, Stoke-on-Trent, ST1 5LY\nAre the parents aware of the referral?\tYes\n" +
		"Name of School/Provision\tLarkmoor Academy\nReferrer name\tJo Examplar\nSummary of risk/reason for referral\tLate home most evenings and has a new phone.\n",
	"bullets": `- Name of young person: Ada Quill
- DOB: 14th March 2013
- Address: 1 Test Street, Stoke-on-Trent, ST1 5LY
- Are the parents aware of the referral? Yes
- Name of School/Provision: Larkmoor Academy
- Referrer name: Jo Examplar
- Summary of risk/reason for referral: Late home most evenings and has a new phone.

Sent from my iPhone`,
	"numbers": `1. Name of young person: Ada Quill
2. DOB: 14-03-13
3. Address: 1 Test Street, Stoke-on-Trent, ST1 5LY
4. Are the parents aware of the referral? - Yes
5. Name of School/Provision: Larkmoor Academy
6. Referrer name: Jo Examplar
7. Summary of risk/reason for referral: Late home most evenings and has a new phone.`,
	"numbers in brackets": `1) Name of young person - Ada Quill
2) DOB - 14/3/13
3) Address - 1 Test Street, Stoke-on-Trent, ST1 5LY
4) Are the parents aware of the referral? - Yes
5) Name of School/Provision - Larkmoor Academy
6) Referrer name - Jo Examplar
7) Summary of risk/reason for referral - Late home most evenings and has a new phone.`,
	"label above value": `Name of young person
Ada Quill

DOB
14 March 2013

Address
1 Test Street
Stoke-on-Trent
ST1 5LY

Are the parents aware of the referral?
Yes

Name of School/Provision
Larkmoor Academy

Referrer name
Jo Examplar

Summary of risk/reason for referral
Late home most evenings and has a new phone.
`,
	"asterisks": `*Name of young person:* Ada Quill
*DOB:* 14/03/2013
*Address:* 1 Test Street, Stoke-on-Trent, ST1 5LY
*Are the parents aware of the referral?* Yes
*Name of School/Provision:* Larkmoor Academy
*Referrer name:* Jo Examplar
*Summary of risk/reason for referral:* Late home most evenings and has a new phone.`,
	"capitals": `NAME OF YOUNG PERSON: Ada Quill
DOB: 14/03/2013
ADDRESS: 1 Test Street, Stoke-on-Trent, ST1 5LY
ARE THE PARENTS AWARE OF THE REFERRAL: Yes
NAME OF SCHOOL/PROVISION: Larkmoor Academy
REFERRER NAME: Jo Examplar
SUMMARY OF RISK/REASON FOR REFERRAL: Late home most evenings and has a new phone.`,
	"above a signature with another school": `Name of young person: Ada Quill
DOB: 14/03/2013
Address: 1 Test Street, Stoke-on-Trent, ST1 5LY
Are the parents aware of the referral? Yes
Name of School/Provision: Larkmoor Academy
Referrer name: Jo Examplar
Summary of risk/reason for referral: Late home most evenings and has a new phone.

Many thanks
Jo Examplar
Address: Larkmoor Learning Trust, High Street, Derby DE1 1AA
Tel: 01632 960001`,
	"above an earlier mail about another child": `Name of young person: Ada Quill
DOB: 14/03/2013
Address: 1 Test Street, Stoke-on-Trent, ST1 5LY
Are the parents aware of the referral? Yes
Name of School/Provision: Larkmoor Academy
Referrer name: Jo Examplar
Summary of risk/reason for referral: Late home most evenings and has a new phone.

From: Ann Other <ann@larkmoor.example>
Sent: 05 October 2026 09:12
To: DSL <dsl@larkmoor.example>
Subject: Ben
Ben Roe is high risk and was seen with a knife.`,
	"wrapped by the mail program": `Name of young person: Ada Quill
DOB: 14/03/2013
Address: 1 Test Street,
Stoke-on-Trent, ST1 5LY
Are the parents aware of the referral? Yes
Name of School/Provision: Larkmoor Academy
Referrer name: Jo Examplar
Summary of risk/reason for referral: Late home most evenings and has a
new phone.`,
	"a banner above": `CAUTION: This email originated from outside of the organisation. Do not click links unless you recognise the sender.

Name of young person: Ada Quill
DOB: 14/03/2013
Address: 1 Test Street, Stoke-on-Trent, ST1 5LY
Are the parents aware of the referral? Yes
Name of School/Provision: Larkmoor Academy
Referrer name: Jo Examplar
Summary of risk/reason for referral: Late home most evenings and has a new phone.`,
	"html table": `<p>Hello</p><table><tr><td>Name of young person</td><td>Ada Quill</td><td>DOB</td><td>14/03/2013</td></tr>
<tr><td>Address</td><td colspan=3>1 Test Street, Stoke-on-Trent, ST1 5LY</td></tr><tr><td>Are the parents aware of the referral?</td><td colspan=3>Yes</td></tr>
<tr><td>Name of School/Provision</td><td>Larkmoor Academy</td><td>Referrer name</td><td>Jo Examplar</td></tr>
<tr><td>Summary of risk/reason for referral</td><td colspan=3>Late home most evenings and has a new phone.</td></tr></table><p>Regards<br>Jo</p>`,
	"html paragraphs of Outlook": `<div class=WordSection1><p class=MsoNormal><b>Name of young person:</b> Ada Quill<o:p></o:p></p><p class=MsoNormal><b>DOB:</b> 14/03/2013</p>
<p class=MsoNormal><b>Address:</b> 1 Test Street, Stoke-on-Trent, ST1 5LY</p><p class=MsoNormal><b>Are the parents aware of the referral?</b> Yes</p>
<p class=MsoNormal><b>Name of School/Provision:</b> Larkmoor Academy</p><p class=MsoNormal><b>Referrer name:</b> Jo Examplar</p>
<p class=MsoNormal><b>Summary of risk/reason for referral:</b> Late home most evenings and has a new phone.</p></div>
<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>From:</b> Ann<br><b>Sent:</b> 05 October 2026 09:12<br><b>To:</b> Jo<br><b>Subject:</b> Ben</p></div><p>Ben Roe is high risk.</p>`,
	"html list": `<ol><li>Name of young person: Ada Quill</li><li>DOB: 14/03/2013</li><li>Address: 1 Test Street, Stoke-on-Trent, ST1 5LY</li><li>Are the parents aware of the referral? Yes</li>
<li>Name of School/Provision: Larkmoor Academy</li><li>Referrer name: Jo Examplar</li><li>Summary of risk/reason for referral: Late home most evenings and has a new phone.</li></ol><br>-- <br>Jo`,
	"gmail": `<div dir="ltr"><div>Name of young person: Ada Quill</div><div>DOB: 14/03/2013</div><div>Address: 1 Test Street, Stoke-on-Trent, ST1 5LY</div><div>Are the parents aware of the referral? Yes</div>
<div>Name of School/Provision: Larkmoor Academy</div><div>Referrer name: Jo Examplar</div><div>Summary of risk/reason for referral: Late home most evenings and has a new phone.</div></div>
<div class="gmail_quote"><div class="gmail_attr">On Mon, 5 Oct 2026 at 09:12, Ann &lt;ann@larkmoor.example&gt; wrote:<br></div><blockquote class="gmail_quote">Name of young person: Ben Roe<br>DOB: 1/2/2012<br>He is high risk.</blockquote></div>`,
}

func TestPastedForms(t *testing.T) {
	lex, err := form.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range pasted {
		t.Run(name, func(t *testing.T) {
			mediaType := "text/plain"
			if strings.HasPrefix(body, "<") {
				mediaType = "text/html"
			}
			x := parse.Read(parse.File{Body: true, MediaType: mediaType, Data: []byte(body)}, parse.Options{})
			r := parse.Assemble([]parse.Extract{x}, "Referral", lex)
			if len(r.Referrals) != 1 {
				t.Fatalf("%d referrals", len(r.Referrals))
			}
			got := map[form.Key]string{}
			for k := range ada {
				got[k] = strings.ReplaceAll(r.Referrals[0].Value(k), "\n", " ")
			}
			if d := cmp.Diff(ada, got); d != "" {
				t.Error(d)
			}
			for _, p := range append(r.Passages, r.Referrals[0].Passages...) {
				own := p.Source == form.FromBody || p.Source == form.FromForm
				if own && (strings.Contains(p.Text, "high risk") || strings.Contains(p.Text, "Ben")) {
					t.Errorf("%s: %q", p.Source, p.Text)
				}
			}
		})
	}
}
