package notify

import (
	"strings"
	"testing"
	"testing/fstest"

	"referrald/triage"
)

func built(t *testing.T, name string) string {
	t.Helper()
	text, err := builtIn.ReadFile("templates/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestBadTemplatesAreRefused: a letter that breaks a promise is found out when the daemon starts, not by a school.
func TestBadTemplatesAreRefused(t *testing.T) {
	receipt, frame := built(t, "receipt.txt"), built(t, "frame.html")
	for name, x := range map[string]struct{ file, text, says string }{
		"unknown file":      {"recipt.txt", receipt, "no letter uses a file of this name"},
		"bad syntax":        {"receipt.txt", "{{if", "receipt.txt"},
		"unknown field":     {"receipt.txt", receipt + "\n\n{{.Child}}", "receipt.txt"},
		"no subject":        {"receipt.txt", "Dear colleague,", "Subject:"},
		"no reference":      {"receipt.txt", strings.ReplaceAll(receipt, "{{.Reference}}", ""), "{{.Reference}}"},
		"no facts":          {"receipt.txt", strings.ReplaceAll(receipt, `{{template "facts" .}}`, ""), "{{.Received}}"},
		"no reach":          {"parts.txt", strings.ReplaceAll(built(t, "parts.txt"), "{{.Reach}}", ""), "{{.Reach}}"},
		"no contacts":       {"signposting.txt", strings.ReplaceAll(built(t, "signposting.txt"), "{{.}}", "it"), "signposting.txt"},
		"not automatic":     {"receipt.txt", strings.ReplaceAll(receipt, `{{template "automatic" .}}`, ""), "automatic"},
		"remote picture":    {"frame.html", strings.Replace(frame, "</h1>", `</h1><img src="https://elsewhere.example/a.png" alt="">`, 1), "must load nothing"},
		"script":            {"frame.html", strings.Replace(frame, "</head>", "<script></script></head>", 1), "must load nothing"},
		"style from afar":   {"frame.html", strings.Replace(frame, "</head>", "<style>@import 'https://elsewhere.example/a.css';</style></head>", 1), "must load nothing"},
		"other words":       {"frame.html", strings.Replace(frame, "</h1>", "</h1><p>Buy now</p>", 1), "the same words"},
		"unknown sentence":  {"sentences.toml", "[criterion]\nweight = \"x\"\n", "no such sentence"},
		"unknown table":     {"sentences.toml", "[words]\nage = \"x\"\n", "no such key"},
		"sentence in lines": {"sentences.toml", "[criterion]\nage = \"a\\r\\nb\"\n", "one line"},
		"empty sentence":    {"sentences.toml", "[criterion]\nage = \" \"\n", "empty"},
		"too large":         {"receipt.txt", strings.Repeat("x", largestTemplate+1), "KiB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewComposer(service(), policy(t), fstest.MapFS{x.file: {Data: []byte(x.text)}})
			if err == nil {
				t.Fatal("it was taken")
			}
			if !strings.Contains(err.Error(), x.says) {
				t.Errorf("the error does not say %q: %v", x.says, err)
			}
		})
	}
}

// TestOwnWordsReplaceOurs, in the one file and sentence that the operator gives, and nowhere else.
func TestOwnWordsReplaceOurs(t *testing.T) {
	own := fstest.MapFS{
		"sentences.toml": {Data: []byte("[criterion]\nage = \"We work with those from {{.AgeFrom}} on.\"\n")},
		"receipt.txt":    {Data: []byte(strings.ReplaceAll(built(t, "receipt.txt"), "Hello,", "Good day,"))},
		"README.md":      {Data: []byte("a note")},
	}
	c := composer(t, own)
	l, err := c.Letter(signposted(triage.CodeAgeTooOld, triage.ContactStoke), envelope())
	if err != nil || !strings.Contains(l.Text, "We work with those from 9 on.") || !strings.Contains(l.HTML, "We work with those from 9 on.") {
		t.Errorf("the own sentence is not in the letter: %v\n%s", err, l.Text)
	}
	l, err = c.Letter(LetterFacts{Kind: triage.Receipt, Reference: "7K3M-Q4XP", ReceivedAt: received}, envelope())
	if err != nil || !strings.Contains(l.Text, "Good day,") {
		t.Errorf("the own template is not used: %v", err)
	}
}

// TestTheEmergencySentenceCannotBeReplaced: it stands first even where the templates leave every sentence of safety out.
func TestTheEmergencySentenceCannotBeReplaced(t *testing.T) {
	parts := built(t, "parts.txt")
	at := strings.Index(parts, `{{define "do_not_wait"}}`)
	if at < 0 {
		t.Fatal("the part is not there")
	}
	end := at + strings.Index(parts[at:], "{{end}}") + len("{{end}}")
	own := fstest.MapFS{"parts.txt": {Data: []byte(parts[:at] + `{{define "do_not_wait"}}{{end}}` + parts[end:])}}
	l, err := composer(t, own).Letter(LetterFacts{Kind: triage.Receipt, Reference: "7K3M-Q4XP", ReceivedAt: received}, envelope())
	if err != nil || !strings.HasPrefix(l.Text, Emergency+"\n") {
		t.Errorf("the letter begins otherwise: %v\n%s", err, l.Text)
	}
}

// TestTheOperatorsTextsAreChecked: none of them can end a header, and every fault is told at once.
func TestTheOperatorsTextsAreChecked(t *testing.T) {
	bad := "x\r\nBcc: all@elsewhere.example"
	_, err := NewComposer(Service{Name: bad, Address: bad, Reach: bad, Hours: bad, StokeTools: bad, StaffordshireTools: "javascript:x"}, policy(t), nil)
	if err == nil {
		t.Fatal("they were taken")
	}
	for _, key := range []string{"service.name", "service.address", "service.reach", "service.hours", "letters.stoke_tools", "letters.staffordshire_tools"} {
		if !strings.Contains(err.Error(), key) {
			t.Errorf("%s is not named in: %v", key, err)
		}
	}
	if _, err := NewComposer(service(), nil, nil); err == nil {
		t.Error("letters are written without a policy")
	}
}
