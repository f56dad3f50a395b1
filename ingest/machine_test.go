package ingest

import (
	"slices"
	"strings"
	"testing"
)

func TestMachine(t *testing.T) {
	mail := func(subject, body string, fields ...string) []byte {
		return lines(append(slices.Clone(fields), usual, "Subject: "+subject, "", body)...)
	}
	withForm := func(fields ...string) []byte {
		return append(lines(fields...), mixed("\r\nPlease find the referral attached.", "Content-Type: application/pdf; name=form.pdf\r\n\r\n%PDF")...)
	}
	from := func(address string) []byte {
		return lines("From: Office <"+address+">", "Date: Mon, 12 Oct 2026 09:00:00 +0100", "Subject: Message from device", "", "See attached.")
	}
	away := "Thank you for your email. I am out of the office until Monday and will reply on my return. If your matter is urgent contact the school office."
	reply := "In-Reply-To: <x@charity>"
	cases := []struct {
		name string
		raw  []byte
		want Kind
	}{
		{"a person", mail("Referral", "Please see our referral."), Human},
		{"Auto-Submitted", mail("x", "x", "Auto-Submitted: auto-replied (vacation)"), AutoReply},
		{"Auto-Submitted: no", mail("Out of office", away, "Auto-Submitted: No", "Return-Path: <>"), Human},
		{"no return path", mail("x", "x", "Return-Path: <>"), AutoReply},
		{"no return path and undelivered", mail("Undeliverable: your message", "x", "Return-Path: <>"), Bounce},
		{"mailer-daemon", from("MAILER-DAEMON@mx.example"), Bounce},
		{"postmaster", from("postmaster@oak.stoke.sch.uk"), Bounce},
		{"failed recipients", mail("x", "x", "X-Failed-Recipients: a@b"), Bounce},
		{"suppress alone is a person", mail("Referral", "Please see our referral.", "X-Auto-Response-Suppress: All"), Human},
		{"precedence", mail("x", "x", "Precedence: Bulk"), Bulk},
		{"precedence of a vacation program", mail("x", away, "Precedence: auto_reply"), AutoReply},
		{"vacation in bulk", mail("Automatic reply: x", away, "Precedence: bulk"), AutoReply},
		{"list", mail("x", "x", "List-Id: <news.example>"), Bulk},
		{"unsubscribe alone", mail("This week", "News", "List-Unsubscribe: <mailto:u@x>"), Bulk},
		{"unsubscribe by a gateway on a referral", withForm("List-Unsubscribe: <mailto:u@x>"), Human},
		{"unsubscribe by a gateway on an answer", mail("Re: your letter", "Thank you", "List-Unsubscribe: <mailto:u@x>", reply), Human},
		{"posted to a group whose mailbox this is", mail("Referral", "Please help.", "To: referrals@charity.example", "List-Id: <referrals.charity.example>", "Precedence: list", "List-Post: <https://groups.example/x>, <mailto:referrals@charity.example>"), Copier},
		{"relayed by a mailing service", mail("Referral", "Please help.", "Feedback-ID: 1.eu-west-2.x:AmazonSES"), Human},
		{"calendar answer", mixed("Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR"), AutoReply},
		{"invitation is a person's", mixed("Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR"), Human},
		{"scanner", from("scanner2@oak.stoke.sch.uk"), Copier},
		{"scan to email", from("scan-to-email@oak.stoke.sch.uk"), Copier},
		{"copier by make", from("ricoh.front-office@oak.stoke.sch.uk"), Copier},
		{"no-reply", from("school-no-reply@oak.stoke.sch.uk"), Copier},
		{"do not reply", from("DoNotReply@oak.stoke.sch.uk"), Copier},
		{"a name that begins like a scanner", from("scantlebury@oak.stoke.sch.uk"), Human},
		{"a name that begins like a printer", from("printerson.j@oak.stoke.sch.uk"), Human},

		{"English subject", mail("Automatic reply: Your referral", "Back Monday."), AutoReply},
		{"out of office", mail("Out of Office AutoReply: x", "x"), AutoReply},
		{"German", mail("Automatische Antwort: x", "x"), AutoReply},
		{"French", mail("=?utf-8?q?R=C3=A9ponse_automatique?= : x", "x"), AutoReply},
		{"Polish", mail("=?utf-8?q?Odpowied=C5=BA_automatyczna?=: x", "x"), AutoReply},
		{"Welsh", mail("Ateb awtomatig: x", "x"), AutoReply},
		{"our own subject answered", mail("Re: Automatic: your message received", "Thank you, here is the date of birth.", reply), Human},
		{"an automatic reply answered", mail("Re: Automatic reply: x", "Thanks", reply), Human},
		{"an automatic subject over a form", withForm("Subject: Automatic reply: x"), Human},
		{"away today, and a child in trouble", mail("Out of office today", "I am out of the office but he has been arrested. Please ring."), Human},
		{"thanks for ours", mail("Re: your letter", "Thank you for your automated response, the date is 3 May 2012. I will contact you.", reply), Human},
		{"declared first", mail("Re: your letter", "AUTOMATED RESPONSE: we have received your email.", reply), AutoReply},
		{"declared of itself", mail("Re: your letter", "This email was sent automatically. Do not reply.", reply), AutoReply},
		{"news of a colleague", mail("Re: your letter", "Her social worker is on annual leave until Monday, contact the duty team.", reply), Human},
		{"news of a child", mail("Re: your letter", "She is not in school until Monday. Please contact Mum.", reply), Human},
		{"left a message", mail("Re: your letter", "I have left a message for Mum and will reply when I can.", reply), Human},
		{"maternity leave", mail("Re: your letter", "Hello, I'm currently on maternity leave. Please contact the office.", reply), AutoReply},
		{"not monitored", mail("Re: your letter", "This mailbox is not monitored during the holidays. Please contact the office in an emergency.", reply), AutoReply},
		{"briefly", mail("Re: your letter", "Thanks for your email. Out of office until Monday.", reply), AutoReply},
		{"French words", mail("Re: x", "Bonjour, je suis actuellement absente du bureau, de retour lundi.", reply), AutoReply},
		{"words alone, as an answer", mail("Re: your letter", away, reply), AutoReply},
		{"declared in words", mail("Re: your letter", "This is an automated response. We have received your email.", reply), AutoReply},
		{"school closed", mail("Thank you for contacting Oak Academy", "The school is now closed for half term and reopens on Monday.", reply), AutoReply},
		{"same words that begin a thread", mail("Referral", away), Human},
		{"a person who will be away", mail("Re: your letter", "I am out of the office from tomorrow, contact Ann. He has been missing since Friday.", reply), Human},
		{"a person on leave, about a pupil", mail("On leave", "I am on leave until Monday. Ann will reply about the pupil we referred."), Human},
		{"a person on leave, about a referral", mail("Annual leave", "I'm on annual leave from tomorrow. Please respond to Mrs Pell, who looks after our referral now."), Human},
		{"a person on leave who asks", mail("On leave", "I will be on leave until Monday. Could you contact Jo if there is news of the Year 9 student?"), Human},
		{"a person who is away and worries", mail("Away next week", "I am away until Tuesday. We are worried about one of our girls. Contact the office, who know more.", reply), Human},
		{"an absence that speaks of children", mail("On annual leave", "Thank you for your email. I am on annual leave until Monday. If you are worried about one of our pupils please contact the safeguarding team. For student absence ring the office."), AutoReply},
		{"an absence that speaks of referrals", mail("Maternity leave", "I am on maternity leave and Jo Smith will respond. Concerns about a child should be reported to the DSL. Should you wish to make a referral contact her too.", reply), AutoReply},
		{"an absence of an intake team", mail("Re: your letter", "Thank you for your email about your child. We are closed until Monday and will respond to your referral then. The referral form is on our website.", reply), AutoReply},
		{"an absence of a school", mail("Half term", "We are closed until Monday and will respond on our return. In an emergency about a child call 999."), AutoReply},
		{"a person who is away and attaches", append(lines(reply, "Subject: Re: x"), mixed("\r\n"+away, "Content-Type: application/pdf; name=f.pdf\r\n\r\nx")...), Human},
		{"absence only in what is quoted", mail("Re: x", "Yes please.\r\n> "+away, reply), Human},
		{"long words", mail("Re: x", away+strings.Repeat(" And there is more to say about this.", 60), reply), Human},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m := mustOpen(t, c.raw)
			if m.Machine != c.want || (m.MachineWhy == "") != (m.Machine == Human) {
				t.Errorf("machine %q: %s", m.Machine, m.MachineWhy)
			}
		})
	}
}

// Story 11: bounce avalanches. A bounce is known and tied to the letter that it is about; a delay is no bounce.
func TestStory11Bounces(t *testing.T) {
	report := func(action, returned string) []byte {
		return lines("From: Mail System <mailer@mx.oak.example>", "Date: Mon, 12 Oct 2026 09:00:00 +0100", "Message-ID: <own@mx>", "Return-Path: <>",
			`Content-Type: multipart/report; report-type="delivery-status"; boundary=B`, "", "--B", "", "It did not work.",
			"--B", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx", "", "Final-Recipient: rfc822; a@b", "Action: "+action, returned, "--B--")
	}
	whole := "--B\r\nContent-Type: message/rfc822\r\n\r\nFrom: us@charity.example\r\nMessage-ID: <letter@charity>\r\n\r\nwords"
	header := "--B\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: x\r\nMessage-Id: <letter@charity>"
	for name, raw := range map[string][]byte{
		"message returned": report("failed", whole),
		"header returned":  report("Failed", header),
		"qmail": lines("From: MAILER-DAEMON@mx.oak.example", "Date: Mon, 12 Oct 2026 09:00:00 +0100", "Return-Path: <>", "Subject: failure notice", "",
			"Hi. This is the qmail-send program.", "--- Below this line is a copy of the message.", "", "Message-ID: <letter@charity>", "", "words"),
		"by reference": lines("From: postmaster@oak.example", "Date: Mon, 12 Oct 2026 09:00:00 +0100", "In-Reply-To: <letter@charity>", "Subject: Undeliverable", "", "x"),
	} {
		m := mustOpen(t, raw)
		if m.Machine != Bounce || !slices.Equal(m.Bounced, []string{"letter@charity"}) {
			t.Errorf("%s: machine %q, bounced %q", name, m.Machine, m.Bounced)
		}
	}
	if m := mustOpen(t, report("delayed", whole)); m.Machine != AutoReply || m.Bounced != nil {
		t.Errorf("delay: machine %q, bounced %q", m.Machine, m.Bounced)
	}
}

// Story 12: the form was attached and skipped: inline, without a disposition, as winmail.dat, inside opaque S/MIME. Every part
// comes through, and what is not opened is a reason to hold.
func TestStory12NoPartIsSkipped(t *testing.T) {
	parts := []string{
		"Content-Type: application/pdf; name=inline.pdf\r\nContent-Disposition: inline\r\nContent-ID: <1>\r\n\r\nx",
		"Content-Type: application/octet-stream; name=bare.docx\r\n\r\nx",
		"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx",
		"Content-Type: text/plain; name=typed.txt\r\nContent-Disposition: inline\r\n\r\nx",
		"Content-Type: multipart/appledouble; boundary=D\r\n\r\n--D\r\nContent-Type: application/applefile\r\n\r\nnotes\r\n--D\r\nContent-Type: application/pdf; name=mac.pdf\r\n\r\nx\r\n--D--",
		"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n\r\nx",
	}
	m := mustOpen(t, mixed(parts...))
	var names []string
	for _, p := range m.Parts {
		names = append(names, p.Name)
		if p.Body || p.Inline {
			t.Errorf("%s is taken for a body or a logo", p.Name)
		}
	}
	if want := []string{"inline.pdf", "bare.docx", "winmail.dat", "typed.txt", "mac.pdf", "smime.p7m"}; !slices.Equal(names, want) {
		t.Errorf("parts %q", names)
	}
	if !slices.Equal(m.Defects, []string{DefectSealed}) {
		t.Errorf("defects %q", m.Defects)
	}
}

// Story 16: a reply merged into another person's ticket by its subject. A subject gives no thread: only Message-IDs do.
func TestStory16SubjectsTieNothing(t *testing.T) {
	m := mustOpen(t, lines(usual, "Subject: Re: Automatic: your message received (ref CCE-7K3F-22)", "", "x"))
	if len(m.InReplyTo)+len(m.References)+len(m.Bounced) > 0 {
		t.Errorf("tied to %q, %q", m.InReplyTo, m.References)
	}
}
