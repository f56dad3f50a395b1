package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"testing"
	"time"
)

// A soakKind is one of the demo's messages as a pattern: the children in its documents are replaced by others, each in one
// message alone, because a child that is known is held.
type soakKind struct {
	posting
	children []soakChild // as they stand in the pattern
	cases    int
}

type soakChild struct{ name, birth string }

// soakKinds are the patterns, each as often as it comes in twenty messages.
func soakKinds() (all []soakKind) {
	author := func(file string) posting { return posting{file: file, sender: "author"} }
	urgent := func(file string) posting { return posting{file: file, sender: "author", urgent: true} }
	one := func(name, birth string) []soakChild { return []soakChild{{name, birth}} }
	for _, k := range []struct {
		times int
		soakKind
	}{
		{5, soakKind{author("01-accepted-word"), one("Kit Farrow", "14/03/2013"), 1}},
		{2, soakKind{author("03-no-screening-tool"), one("Noa Winter", "21/01/2016"), 1}},
		{2, soakKind{author("04-level-and-parents-blank"), one("Ivo Lund", "30/09/2012"), 1}},
		{1, soakKind{urgent("06-level-high"), one("Theo Marsh", "05/05/2011"), 1}},
		{2, soakKind{author("07-seventeen-without-send"), one("Ada Quill", "19/02/2009"), 1}},
		{1, soakKind{urgent("09-danger-now"), one("Ren Abbott", "17/12/2011"), 1}},
		{1, soakKind{author("10-two-children"), []soakChild{{"Lux Penhale", "23/04/2012"}, {"Mika Penhale", "23/04/2014"}}, 2}},
		{1, soakKind{author("11-police"), nil, 1}},
		{1, soakKind{posting{file: "12-sender-not-verified", sender: "someone@elsewhere.example", silent: true}, one("Kit Farrow", "14/03/2013"), 1}},
		{1, soakKind{posting{file: "13-out-of-office", silent: true}, nil, 0}},
		{3, soakKind{author("14-enquiry"), nil, 1}},
	} {
		for range k.times {
			all = append(all, k.soakKind)
		}
	}
	return all
}

// soakSchools is how many schools write by turns; each is in the register.
const soakSchools = 80

func soakRegister() string {
	var b strings.Builder
	b.WriteString("URN,LA (name),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge,SchoolWebsite\n")
	for n := range soakSchools {
		fmt.Fprintf(&b, "%d,Stoke-on-Trent,Millrace Row %d High School,Community school,Open,Secondary,11,18,https://www.school%03d.stoke.sch.uk/\n", 900500+n, n, n)
	}
	return b.String()
}

// Names of invented children. 44 and 53 have no common divisor, so that the pairs come round after 2,332 messages; the
// day of birth makes them distinct for longer.
var (
	soakGiven = strings.Fields("Ada Alba Ansel Bea Bryn Cato Clem Cleo Dara Edie Elis Ennis Esme Fern Finn Fritha Gwil Hal Ida Ines Ivo Jory Juno Kit Lux Mabel Merry Mina Nell Noa " +
		"Odette Orla Otis Perrin Pia Quill Rafe Rhea Sol Tamsin Theo Una Wren Zed")
	soakFamily = strings.Fields("Abbott Amory Barrow Birch Blythe Bourne Castle Chadwick Copeland Croft Dale Drury Eaves Fallow Farrow Fenwick Garland Gorse Hale Hartley Heath Holm " +
		"Ingram Jessop Keating Kestrel Lark Lund Marsh Meakin Mercer Moss Nadin Orme Penhale Pike Quarry Rowe Rudd Sallow Sedge Stubbs Swale Tansley Thorn Tunnicliff Upton Vale Wharf " +
		"Whitlow Winter Yarrow Yeo")
)

// child is another child of about the same age, in the message with that number.
func (c soakChild) child(n int) soakChild {
	return soakChild{soakGiven[n%len(soakGiven)] + " " + soakFamily[n%len(soakFamily)], fmt.Sprintf("%02d%s", 1+n%28, c.birth[2:])}
}

// A soakMessage is one message as it is sent.
type soakMessage struct {
	soakKind
	raw []byte
}

// soakMessages makes n messages of the patterns, in an order that mixes them.
func soakMessages(t *testing.T, n int) []soakMessage {
	t.Helper()
	kinds := soakKinds()
	all := make([]soakMessage, n)
	for i := range all {
		k := kinds[i*7%len(kinds)]
		m := soakMessage{soakKind: k}
		m.from = fmt.Sprintf("dsl@school%03d.stoke.sch.uk", i%soakSchools)
		if strings.Contains(k.file, "police") {
			m.from = fmt.Sprintf("officer%03d@staffordshire.police.uk", i%soakSchools)
		}
		m.id = fmt.Sprintf("soak-%05d@%s", i, domainOf(m.from))
		pattern, err := demoMail.ReadFile("demodata/" + k.file + ".eml")
		if err != nil {
			t.Fatal(err)
		}
		raw, err := otherChildren(pattern, k.replacer(i))
		if err != nil {
			t.Fatalf("making a message of %s: %v", k.file, err)
		}
		m.raw = readdressed(raw, m.from, m.id)
		all[i] = m
	}
	return all
}

// envelope is the sender whom the mail server verifies.
func (m *soakMessage) envelope() string {
	if m.sender == "author" {
		return m.from
	}
	return m.sender
}

// replacer puts other children into the documents, and a tool that was completed this week.
func (k *soakKind) replacer(n int) *strings.Replacer {
	pairs := []string{"12/11/2026", time.Now().AddDate(0, 0, -3).Format("02/01/2006")}
	for i, c := range k.children {
		other := c.child(n + i)
		pairs = append(pairs, c.name, other.name, c.birth, other.birth)
	}
	return strings.NewReplacer(pairs...)
}

// otherChildren is a message with what its Word documents say replaced.
func otherChildren(pattern []byte, r *strings.Replacer) ([]byte, error) {
	m, err := mail.ReadMessage(bytes.NewReader(pattern))
	if err != nil {
		return nil, err
	}
	media, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || !strings.HasPrefix(media, "multipart/") {
		return pattern, err
	}
	head, _, _ := bytes.Cut(bytes.ReplaceAll(pattern, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	out := bytes.NewBuffer(append(head, "\n\n"...))
	w := multipart.NewWriter(out)
	if err := w.SetBoundary(params["boundary"]); err != nil {
		return nil, err
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return out.Bytes(), w.Close()
		}
		if err != nil {
			return nil, err
		}
		if err := copyPart(w, p, r); err != nil {
			return nil, err
		}
	}
}

func copyPart(w *multipart.Writer, p *multipart.Part, r *strings.Replacer) error {
	body, err := io.ReadAll(p)
	if err != nil {
		return err
	}
	if strings.HasSuffix(p.FileName(), ".docx") {
		if body, err = otherDocument(body, r); err != nil {
			return err
		}
	}
	to, err := w.CreatePart(p.Header)
	if err != nil {
		return err
	}
	_, err = to.Write(body)
	return err
}

// otherDocument replaces words in a Word document, from base64 to base64.
func otherDocument(encoded []byte, r *strings.Replacer) ([]byte, error) {
	data, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(encoded)))
	if err != nil {
		return nil, err
	}
	files, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files.File {
		if err := copyFile(w, f, r); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return wrapped(out.Bytes()), nil
}

func copyFile(w *zip.Writer, f *zip.File, r *strings.Replacer) error {
	from, err := f.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	text, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	to, err := w.Create(f.Name)
	if err != nil {
		return err
	}
	_, err = r.WriteString(to, string(text))
	return err
}

// wrapped is base64 in lines, as mail has it.
func wrapped(data []byte) []byte {
	text := base64.StdEncoding.EncodeToString(data)
	var out bytes.Buffer
	for len(text) > 76 {
		out.WriteString(text[:76] + "\n")
		text = text[76:]
	}
	out.WriteString(text + "\n")
	return out.Bytes()
}

// Each message of a soak tells of children of its own, and is decided as its pattern would be.
func TestSoakMessagesAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for i := range 3000 {
		for _, k := range soakKinds() {
			if len(k.children) > 0 && k.file == "01-accepted-word" {
				c := k.children[0].child(i)
				seen[c.name+c.birth] = true
				break
			}
		}
	}
	if len(seen) != 3000 {
		t.Errorf("3000 messages tell of %d children", len(seen))
	}
	bodies := map[string]bool{}
	for _, m := range soakMessages(t, 40) {
		if !bytes.Contains(m.raw, []byte("<"+m.id+">")) {
			t.Errorf("%s lacks its Message-ID", m.file)
		}
		bodies[string(m.raw)] = true
	}
	if len(bodies) != 40 {
		t.Errorf("40 messages are %d", len(bodies))
	}
}
