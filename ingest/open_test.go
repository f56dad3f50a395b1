package ingest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"referrald/parse/document/readertest"
)

// lines makes a message's bytes of lines.
func lines(ls ...string) []byte { return []byte(strings.Join(ls, "\r\n") + "\r\n") }

func mustOpen(t *testing.T, raw []byte) *Message {
	t.Helper()
	m, err := Open(raw, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// sketch writes parts in one line each.
func sketch(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "%s %q", p.MediaType, p.Name)
		for _, f := range [...]struct {
			is   bool
			name string
		}{{p.Body, "body"}, {p.Inline, "inline"}, {p.Forwarded, "forwarded"}} {
			if f.is {
				b.WriteString(" " + f.name)
			}
		}
		data := string(p.Data)
		if len(data) > 40 {
			data = data[:40]
		}
		fmt.Fprintf(&b, " %q\n", data)
	}
	return b.String()
}

// pixels makes a picture in base64.
func pixels(w, h int) string {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))) // a buffer takes all
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

const usual = "From: dsl@oak.stoke.sch.uk\r\nDate: Mon, 12 Oct 2026 09:00:00 +0100\r\nMessage-ID: <a@oak>"

func mixed(parts ...string) []byte {
	return []byte(usual + "\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n" + strings.Join(parts, "\r\n--B\r\n") + "\r\n--B--\r\n")
}

func TestOpen(t *testing.T) {
	alternative := func(text, page string) string {
		return "Content-Type: multipart/alternative; boundary=A\r\n\r\n--A\r\nContent-Type: text/plain\r\n\r\n" + text + "\r\n--A\r\nContent-Type: text/html\r\n\r\n" + page + "\r\n--A--"
	}
	cases := []struct {
		name     string
		raw      []byte
		want     string // sketch of the parts
		defects  []string
		warnings []string
	}{
		{"plain", lines(usual, "", "Hello."), "text/plain \"\" body \"Hello.\\r\\n\"\n", nil, nil},
		{"attachment in base64", mixed("Content-Type: text/plain\r\n\r\nHello", "Content-Type: application/pdf; name=\"form.pdf\"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg=="),
			"text/plain \"\" body \"Hello\"\napplication/pdf \"form.pdf\" \"%PDF\"\n", nil, nil},
		{"no disposition and no name", mixed("Content-Type: application/msword\r\n\r\nx"), "application/msword \"unnamed.doc\" \"x\"\n", nil, nil},
		{"inline form", mixed("Content-Type: application/pdf; name=form.pdf\r\nContent-Disposition: inline\r\nContent-ID: <1>\r\n\r\nx"), "application/pdf \"form.pdf\" \"x\"\n", nil, nil},
		{"unquoted name with spaces", mixed("Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=our form (2).pdf\r\n\r\nx"), "application/pdf \"our form (2).pdf\" \"x\"\n", nil, nil},
		{"RFC 2231 in Latin 1", mixed("Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=iso-8859-1'en'caf%E9.pdf\r\n\r\nx"), "application/pdf \"café.pdf\" \"x\"\n", nil, nil},
		{"RFC 2231 in pieces", mixed("Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n filename*0*=utf-8''Re%CC%81; filename*1=\"ferral \"; filename*2*=form%20.pdf\r\n\r\nx"), "application/pdf \"Réferral form .pdf\" \"x\"\n", nil, nil},
		{"encoded word in a name", mixed("Content-Type: application/pdf; name=\"=?utf-8?q?Za=C5=BC=C3=B3=C5=82=C4=87.pdf?=\"\r\n\r\nx"), "application/pdf \"Zażółć.pdf\" \"x\"\n", nil, nil},
		{"raw 8-bit name", mixed("Content-Type: application/pdf; name=\"caf\xe9.pdf\"\r\n\r\nx"), "application/pdf \"café.pdf\" \"x\"\n", nil, nil},
		{"name with folders and controls", mixed("Content-Type: application/pdf; name=\"..\\\\..\\\\etc\\\\a\u202Efdp.pdf\"\r\n\r\nx"), "application/pdf \"afdp.pdf\" \"x\"\n", nil, nil},
		{"Windows-1252", lines(usual, "Content-Type: text/plain; charset=\"Windows-1252\"", "Content-Transfer-Encoding: quoted-printable", "", "=93hi=94 =A3"), "text/plain \"\" body \"“hi” £\\r\\n\"\n", nil, nil},
		{"no charset and not UTF-8", lines(usual, "", "\x93hi\x94"), "text/plain \"\" body \"“hi”\\r\\n\"\n", nil, []string{WarningNoCharset}},
		{"charset that is not known", lines(usual, "Content-Type: text/plain; charset=klingon", "", "hi"), "text/plain \"\" body \"hi\\r\\n\"\n", []string{DefectCharset}, nil},
		{"charset in the page alone", lines(usual, "Content-Type: text/html", "", "<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\"><p>\xB1"), "text/html \"\" body \"<meta http-equiv=Content-Type content=\\\"t\"\n", nil, nil},
		{"mbox line and a line without a colon", []byte("From someone Mon Oct 12\r\nGarbage line\r\n" + usual + "\r\n\r\nHello"), "text/plain \"\" body \"Hello\"\n", nil, []string{WarningHeader, WarningMbox}},
		{"no empty line after the header", []byte(usual + "\r\nDear team,\r\n\r\nmore"), "text/plain \"\" body \"Dear team,\\r\\n\\r\\nmore\"\n", nil, nil},
		{"base64 with junk and padding within", mixed("Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: BASE64\r\n\r\nJV*BE\r\n!Rg==\r\n\r\nJVBERg=="), "application/pdf \"a.pdf\" \"%PDF%PDF\"\n", nil, []string{WarningBase64}},
		{"base64 cut amid a byte", mixed("Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBER"), "application/pdf \"a.pdf\" \"%PD\"\n", []string{DefectDamaged}, nil},
		{"encoding that is not known", mixed("Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: yenc\r\n\r\nx"), "application/pdf \"a.pdf\" \"x\"\n", []string{DefectEncoding}, nil},
		{"last boundary missing", bytes.TrimSuffix(mixed("Content-Type: application/pdf; name=a.pdf\r\n\r\nx"), []byte("\r\n--B--\r\n")), "application/pdf \"a.pdf\" \"x\"\n", []string{DefectEnd}, nil},
		{"boundary repeated and first empty", []byte(usual + "\r\nContent-Type: multipart/mixed; boundary=\"\"; boundary=B\r\n\r\n--B\r\n\r\nHello\r\n--B--\r\n"), "text/plain \"\" body \"Hello\"\n", nil, nil},
		{"boundary not declared", []byte(usual + "\r\nContent-Type: multipart/mixed\r\n\r\nThis is MIME.\r\n--B\r\n\r\nHello\r\n--B--\r\n"), "text/plain \"\" body \"Hello\"\n", nil, nil},
		{"boundary that is nowhere", []byte(usual + "\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\nHello\r\n"), "text/plain \"\" body \"Hello\\r\\n\"\n", []string{DefectBoundary}, nil},
		{"alternative of the same words", mixed(alternative("Please see attached.", "<p>Please see <b>attached</b>.</p>")), "text/plain \"\" body \"Please see attached.\"\n", nil, nil},
		{"alternative with a table", mixed(alternative("Name Kieran", "<table><tr><td>Name<td>Kieran</table>")), "text/html \"\" body \"<table><tr><td>Name<td>Kieran</table>\"\n", nil, nil},
		{"alternative with a quoted mail", mixed(alternative("Yes. On Monday you wrote: Who?", "<p>Yes.</p><div class=\"gmail_quote\">On Monday you wrote: Who?</div>")), "text/html \"\" body \"<p>Yes.</p><div class=\\\"gmail_quote\\\">On M\"\n", nil, nil},
		{"alternative with a link to a file", mixed(alternative("Here is the form.", "<p>Here is the <a href=\"https://x.sharepoint.com/:w:/s/a\">form</a>.</p>")), "text/html \"\" body \"<p>Here is the <a href=\\\"https://x.sharep\"\n", nil, nil},
		{"alternative with a link to a page", mixed(alternative("Here is our site.", "<p>Here is our <a href=\"https://x.example/\">site</a>.</p>")), "text/plain \"\" body \"Here is our site.\"\n", nil, nil},
		{"alternative with a stub", mixed(alternative("Your program shows no HTML.", "<p>"+strings.Repeat("words ", 30)+"</p>")), "text/html \"\" body \"<p>words words words words words words w\"\n", nil, nil},
		{"attachment within an alternative", mixed("Content-Type: multipart/alternative; boundary=A\r\n\r\n--A\r\n\r\nThe same words here\r\n--A\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n--C\r\nContent-Type: text/html\r\n\r\n<p>The same words here</p>\r\n--C\r\nContent-Type: application/pdf; name=form.pdf\r\n\r\nx\r\n--C--\r\n--A--"),
			"text/plain \"\" body \"The same words here\"\napplication/pdf \"form.pdf\" \"x\"\n", nil, nil},
		{"attached message in base64", mixed("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString(mixed("\r\nInner", "Content-Type: application/pdf; name=in.pdf\r\n\r\nx"))),
			"text/plain \"\" body forwarded \"Inner\"\napplication/pdf \"in.pdf\" forwarded \"x\"\n", nil, nil},
		{"message attached as a file", mixed("Content-Type: application/octet-stream; name=\"FW referral.eml\"\r\n\r\nSubject: x\r\n\r\nInner"), "text/plain \"\" body forwarded \"Inner\"\n", nil, nil},
		{"a file that only says it is a message", mixed("Content-Type: message/rfc822; name=\"x.eml\"\r\n\r\nnothing like it"), "message/rfc822 \"x.eml\" \"nothing like it\"\n", nil, nil},
		{"opaque S/MIME", lines(usual, "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "", "x"), "application/pkcs7-mime \"smime.p7m\" \"x\\r\\n\"\n", []string{DefectEncrypted}, nil},
		{"signed", []byte(usual + "\r\nContent-Type: multipart/signed; boundary=B\r\n\r\n--B\r\n\r\nHello\r\n--B\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx\r\n--B--\r\n"), "text/plain \"\" body \"Hello\"\n", nil, nil},
		{"PGP", []byte(usual + "\r\nContent-Type: multipart/encrypted; boundary=B\r\n\r\n--B\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--B\r\nContent-Type: application/octet-stream; name=e.asc\r\n\r\nx\r\n--B--\r\n"),
			"application/pgp-encrypted \"unnamed\" \"Version: 1\"\napplication/octet-stream \"e.asc\" \"x\"\n", []string{DefectEncrypted}, nil},
		{"kept elsewhere", mixed("Content-Type: message/external-body; access-type=URL\r\n\r\nContent-Type: application/pdf\r\n\r\n"), "message/external-body \"unnamed\" \"Content-Type: application/pdf\\r\\n\\r\\n\"\n", []string{DefectElsewhere}, nil},
		{"uuencoded in the text", lines(usual, "", "Hello", "begin 644 form.txt", "#0V%T", "`", "end", "Bye"), "text/plain \"\" body \"Hello\\r\\nBye\\r\\n\"\napplication/octet-stream \"form.txt\" \"Cat\"\n", nil, nil},
		{"words that only begin like uuencode", lines(usual, "", "begin 644 times", "and go on"), "text/plain \"\" body \"begin 644 times\\r\\nand go on\\r\\n\"\n", nil, nil},
		{"flowed", lines(usual, "Content-Type: text/plain; format=flowed", "", "A long ", "line.", "> quoted ", "> too", "-- ", "Ann"), "text/plain \"\" body \"A long line.\\n> quoted too\\n-- \\nAnn\\n\"\n", nil, nil},
		{"winmail.dat", mixed("Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx"), "application/ms-tnef \"winmail.dat\" \"x\"\n", nil, nil},
		{"no author", lines("Subject: x", "Date: Mon, 12 Oct 2026 09:00:00 +0100", "", "Hello"), "text/plain \"\" body \"Hello\\r\\n\"\n", []string{DefectNoFrom}, nil},
		{"two authors", lines("From: a@x.example, b@y.example", "Date: Mon, 12 Oct 2026 09:00:00 +0100", "", "Hello"), "text/plain \"\" body \"Hello\\r\\n\"\n", []string{DefectManyFrom}, nil},
		{"no date", lines("From: a@x.example", "", "Hello"), "text/plain \"\" body \"Hello\\r\\n\"\n", []string{DefectNoDate}, nil},
		{"header alone", lines(usual), "", nil, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m := mustOpen(t, c.raw)
			if got := sketch(m.Parts); got != c.want {
				t.Errorf("parts\n%swant\n%s", got, c.want)
			}
			if !slices.Equal(m.Defects, c.defects) || !slices.Equal(m.Warnings, c.warnings) {
				t.Errorf("defects %q, warnings %q; want %q, %q", m.Defects, m.Warnings, c.defects, c.warnings)
			}
		})
	}
}

func TestLogosAndPhotographedPages(t *testing.T) {
	related := func(w, h int, disposition string) []Part {
		page := "Content-Type: multipart/related; boundary=R\r\n\r\n--R\r\nContent-Type: text/html\r\n\r\n<table><td><img src=\"cid:1@x\"></table>\r\n--R\r\nContent-Type: image/png; name=image001.png\r\nContent-ID: <1@x>\r\n" +
			disposition + "Content-Transfer-Encoding: base64\r\n\r\n" + pixels(w, h) + "\r\n--R--"
		return mustOpen(t, mixed(page)).Parts
	}
	for _, c := range []struct {
		w, h        int
		disposition string
		want        bool
	}{{100, 80, "", true}, {2000, 200, "Content-Disposition: inline\r\n", true}, {100, 80, "Content-Disposition: attachment\r\n", true}, {1240, 1754, "", false}} {
		if got := related(c.w, c.h, c.disposition); len(got) != 2 || got[1].Inline != c.want {
			t.Errorf("%d by %d: %s", c.w, c.h, sketch(got))
		}
	}
	attached := mustOpen(t, mixed("Content-Type: image/png; name=page.png\r\nContent-Transfer-Encoding: base64\r\n\r\n"+pixels(100, 100)))
	if attached.Parts[0].Inline {
		t.Error("a picture to which no page refers is taken for a logo")
	}
}

func TestAddressesAndThreads(t *testing.T) {
	m := mustOpen(t, lines(
		"Return-Path: <x@y>", "Received: from a by mx.charity.example; Mon, 12 Oct 2026 08:00:05 +0000 (UTC)", "Received: from b by a; Mon, 12 Oct 2026 07:00:00 +0000",
		`From: Dr. Foo, Bar "DSL" <DSL@Oak.Stoke.sch.uk>`, "Reply-To: dsl@oak.stoke.sch.uk, Other <else@where.example>", "Subject: =?iso-8859-1?Q?Caf=E9?= =?utf-8?b?4oCT?= referral",
		"Message-ID: <one@oak>", "In-Reply-To: Your message of Monday <two@charity>", "References: <three@charity>", " <two@charity> <bad", "Date: 12 October 2026", "", "x"))
	if m.From != "dsl@oak.stoke.sch.uk" || m.ReplyTo != "else@where.example" || m.Subject != "Café– referral" || m.ID != "one@oak" {
		t.Errorf("from %s, reply to %s, subject %q, id %s", m.From, m.ReplyTo, m.Subject, m.ID)
	}
	if !slices.Equal(m.InReplyTo, []string{"two@charity"}) || !slices.Equal(m.References, []string{"three@charity", "two@charity"}) {
		t.Errorf("in reply to %q, references %q", m.InReplyTo, m.References)
	}
	if want := time.Date(2026, 10, 12, 8, 0, 5, 0, time.UTC); !m.ReceivedAt.Equal(want) {
		t.Errorf("received at %s", m.ReceivedAt)
	}
	if same := mustOpen(t, lines(usual, "Reply-To: DSL@oak.stoke.sch.uk", "", "x")); same.ReplyTo != "" {
		t.Errorf("reply to %q", same.ReplyTo)
	}
}

func TestNothingToRead(t *testing.T) {
	for _, raw := range []string{"", "\r\n\r\n", "\x00\x01\x02", "just some words\r\nwithout any header"} {
		if m, err := Open([]byte(raw), DefaultLimits()); err == nil || !IsPermanent(err) {
			t.Errorf("%q opened as %+v, %v", raw, m, err)
		}
	}
}

func TestLimits(t *testing.T) {
	nested := usual + "\r\n"
	for i := range 10_000 {
		nested += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	many := mixed(slices.Repeat([]string{"\r\nx"}, 2000)...)
	fat := mixed("\r\n"+strings.Repeat("x", 900), "\r\n"+strings.Repeat("y", 900))
	for _, c := range []struct {
		name string
		raw  []byte
		l    Limits
		want string
	}{
		{"depth", []byte(nested), DefaultLimits(), DefectDepth},
		{"parts", many, DefaultLimits(), DefectParts},
		{"bytes", fat, Limits{Depth: 5, Parts: 5, Bytes: 1000}, DefectBytes},
	} {
		began := time.Now()
		m, err := Open(c.raw, c.l)
		if err != nil || !slices.Contains(m.Defects, c.want) || len(m.Parts) > c.l.Parts {
			t.Errorf("%s: %d parts, defects %q, %v", c.name, len(m.Parts), m.Defects, err)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s took %s", c.name, took)
		}
	}
}

// Story 6: a Message-ID taken for identity. The same mail delivered again through another relay is the same; another mail
// that reuses the ID, or bears none, is another.
func TestStory06Identity(t *testing.T) {
	first := mixed("Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHello =\r\nthere \r\nBye", "Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==")
	again := []byte("Received: from another; Tue, 13 Oct 2026 09:00:00 +0100\r\nX-Scanned: yes\r\n" + usual +
		"\r\nContent-Type: multipart/mixed; boundary=other\r\n\r\n--other\r\n\r\nHello there\r\nBye\r\n--other\r\nContent-Type: application/octet-stream; name=b.pdf\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%PDF\r\n--other--\r\n")
	id := mustOpen(t, first).Identity
	if got := mustOpen(t, again).Identity; got != id {
		t.Error("the same mail delivered again is another")
	}
	for name, other := range map[string][]byte{
		"other words":  bytes.Replace(first, []byte("Bye"), []byte("Buy"), 1),
		"other file":   bytes.Replace(first, []byte("JVBERg=="), []byte("JVBERw=="), 1),
		"other author": bytes.Replace(first, []byte("dsl@"), []byte("office@"), 1),
		"other ID":     bytes.Replace(first, []byte("<a@oak>"), []byte("<b@oak>"), 1),
		"no ID":        bytes.Replace(first, []byte("Message-ID: <a@oak>\r\n"), nil, 1),
	} {
		if got := mustOpen(t, other); got.Identity == id || len(got.Identity) != 64 || len(got.PartHashes) != 2 {
			t.Errorf("%s: taken for the same", name)
		}
	}
}

// Story 14: headers mangled on the way break strict parsers.
func TestStory14MangledHeaders(t *testing.T) {
	m := mustOpen(t, []byte("From root Mon Oct 12 09:00:00 2026\n>Received: from x\n"+strings.ReplaceAll(usual, "\r", "")+
		"\nSubject: Referral\nthis line was torn off its field\nX-Empty:\n \nContent-Type: multipart/mixed;\n\tboundary=B\n\n--B\nGarbage\nContent-Type: application/pdf;\n name=form.pdf\n\n%PDF\n--B--\n"))
	if m.From != "dsl@oak.stoke.sch.uk" || m.Subject != "Referral" || sketch(m.Parts) != "application/pdf \"form.pdf\" \"%PDF\"\n" {
		t.Errorf("from %s, subject %q, parts %s", m.From, m.Subject, sketch(m.Parts))
	}
}

func TestMessageKeepsOutOfLogs(t *testing.T) {
	m := mustOpen(t, lines(usual, "Subject: Kieran", "", "x"))
	if said := m.LogValue().String(); strings.Contains(said, "Kieran") || strings.Contains(said, "dsl@") {
		t.Error(said)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(mixed("Content-Type: text/plain; format=flowed\r\n\r\nHello \r\nbegin 644 x\r\n#0V%T\r\n`\r\nend", "Content-Type: message/rfc822\r\n\r\n"+usual+"\r\n\r\nx"))
	f.Add([]byte(usual + "\r\nAuto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--B--"))
	f.Add(lines(usual, "Content-Type: text/html; charset=utf-7", "Content-Transfer-Encoding: quoted-printable", "", "=41=4=\r\n<table>=EF=BF"))
	f.Add([]byte("Content-Disposition: attachment; filename*0*=x'y'%41; filename*1=\"b\\\"c\"\r\n\r\n="))
	small := Limits{Depth: 5, Parts: 20, Bytes: 1 << 20}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := readertest.Twice(t, raw, func(raw []byte) (*Message, error) { return Open(raw, small) })
		if err != nil {
			return
		}
		if len(m.Parts) > 2*small.Parts && len(raw) < 1000 || m.Machine != Human && m.MachineWhy == "" {
			t.Errorf("%d parts, machine %q because %q", len(m.Parts), m.Machine, m.MachineWhy)
		}
		for _, p := range m.Parts {
			if safeName(p.Name) != p.Name || strings.ContainsAny(p.Name, "/\\\x00\r\n") {
				t.Errorf("name %q", p.Name)
			}
		}
		m.Authenticated(Trust{Profile: ExchangeOnline})
	})
}

func BenchmarkOpen(b *testing.B) {
	raw := mixed("\r\nHello", "Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"+strings.Repeat(strings.Repeat("QUJD", 19)+"\r\n", 50_000))
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := Open(raw, DefaultLimits()); err != nil {
			b.Fatal(err)
		}
	}
}
