package form_test

import (
	"testing"

	"referrald/parse/document"
	"referrald/parse/form"
	"referrald/parse/html"
	"referrald/parse/text"
)

// TestReadMailBody reads forms that were written or pasted into a mail, with a signature below.
func TestReadMailBody(t *testing.T) {
	const signature = "Kind regards\nJo Field\nDSL\nLarkmoor Academy\nTel: 01632 960222\nEmail: office@larkmoor.example\n"
	want := map[form.Key]string{form.Name: "Ania Kowal", form.DateOfBirth: "2013-03-14", form.Contact: "07700 900123", form.ParentName: "Ewa Kowal (mum)",
		form.ParentContact: "01632 960111", form.School: "Larkmoor Academy", form.ReferrerName: "Jo Field", form.ReferrerContact: "jo@larkmoor.example",
		form.Summary: "New trainers.\nOut late.", form.AreasOfWork: "Online safety"}
	body := "Hello,\n\nPlease see below.\n\nReferral form\nName of young person: Ania Kowal   DOB: 14/03/2013\nTelephone/Email: 07700 900123\nParent/Carer details\nName & relationship to young person: Ewa Kowal (mum) Telephone/Email: 01632 960111\n" +
		"Education details\nName of School/Provision: Larkmoor Academy\nReferrer name: Jo Field\nReferrer contact- Telephone/Email: jo@larkmoor.example\n" +
		"Summary of risk/reason for referral: New trainers.\nOut late.\nWhat areas of work do you feel would most benefit the young person?: Online safety\n\n" + signature
	page := `<p>Hello,</p><table><tr><td><b>Referral form</b></td></tr><tr><td><b>Name of young person:</b> Ania Kowal</td><td><b>DOB:</b> 14/03/2013</td></tr>
		<tr><td><b>Telephone/Email:</b> 07700 900123</td></tr><tr><td><b>Parent/Carer details</b></td></tr><tr><td><b>Name &amp; relationship to young person:</b> Ewa Kowal (mum)</td><td><b>Telephone/Email:</b> 01632 960111</td></tr>
		<tr><td><b>Name of School/Provision:</b> Larkmoor Academy</td></tr><tr><td><b>Referrer name:</b> Jo Field</td><td><b>Referrer contact- Telephone/Email:</b> jo@larkmoor.example</td></tr>
		<tr><td><b>Summary of risk/reason for referral:</b> New trainers.<br>Out late.</td></tr><tr><td><b>What areas of work do you feel would most benefit the young person?:</b> Online safety</td></tr></table>
		<p>Kind regards</p><p>Jo Field</p><p>Tel: 01632 960222</p>`
	for name, read := range map[string]func() (*document.Document, error){
		"text": func() (*document.Document, error) { return text.Read([]byte(body)) },
		"html": func() (*document.Document, error) { return html.Read([]byte(page)) },
	} {
		t.Run(name, func(t *testing.T) {
			d, err := read()
			if err != nil {
				t.Fatal(err)
			}
			lex, err := lexicon()
			if err != nil {
				t.Fatal(err)
			}
			checkFields(t, one(t, lex.Read(d, "", 0), form.ReferralForm), want)
		})
	}
}
