package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"referrald/parse/form"
)

// TestNothingPersonalLeaves works the demo's messages through, with the log at its most talkative, and looks for what is
// the children's own in everything that leaves the sealed store.
func TestNothingPersonalLeaves(t *testing.T) {
	t.Parallel()
	s := newScene(t, nil)
	d := s.start()
	sent := s.post(postings())
	s.command("digest", "--config", s.config)
	s.awaitMails(teamAddress, func(delivered) bool { return true }, 1)
	s.awaitMails(oncallAddress, func(delivered) bool { return true }, 2)
	s.checkNothingPersonal(d)
	d.crash(t)
	s.checkNothingPersonal(d)
	s.checkFiles(sent)
}

// crash has the daemon end as a fault of its own ends it: with all that the runtime says of every goroutine.
func (p *daemonProcess) crash(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	<-p.ended
	if said := p.said(t); !strings.Contains(said, "SIGQUIT") || strings.Count(said, "\ngoroutine ") < 10 {
		t.Error("the daemon said nothing when it crashed")
	}
}

// personal holds the fields that name a child, or tell where it lives.
var personal = []form.Key{form.Name, form.DateOfBirth, form.Address, form.Postcode, form.ParentName, form.ToolChildName, form.ToolChildBirth}

// A needle is something that may not be found, and what it is.
type needle struct {
	start string // of the word, small: what is looked for first, because a pattern is slow in megabytes
	word  *regexp.Regexp
	what  string
}

// in returns the needle as it stands in a text of small letters, or "". The pattern is tried only where its word begins.
func (n *needle) in(small string) string {
	for from := 0; ; {
		i := strings.Index(small[from:], n.start)
		if i < 0 {
			return ""
		}
		begin := from + i
		around := small[max(0, begin-utf8.UTFMax):min(len(small), begin+longestNeedle)]
		if found := n.word.FindString(around); found != "" {
			return found
		}
		from = begin + 1
	}
}

// longestNeedle bounds how far a needle reaches, with the blanks that may stand in it.
const longestNeedle = 400

// needles reads from the demo's own documents, by explain, what may not leave.
func (s *scene) needles() (all []needle) {
	s.t.Helper()
	files, err := filepath.Glob("demodata/*.eml")
	if err != nil || len(files) == 0 {
		s.t.Fatalf("no demo messages: %v", err)
	}
	args := []string{"explain", "--json", "--config", s.config}
	for _, f := range files {
		absolute, err := filepath.Abs(f)
		if err != nil {
			s.t.Fatal(err)
		}
		args = append(args, absolute)
	}
	seen, children := map[string]bool{}, 0
	add := func(what, word string) {
		if len(word) >= 3 && !seen[word] {
			seen[word] = true
			all = append(all, needle{strings.ToLower(strings.Fields(word)[0]), regexp.MustCompile(`(?i)(^|[^\pL\pN])` + strings.Join(strings.Fields(regexp.QuoteMeta(word)), `\s+`) + `($|[^\pL\pN])`), what})
		}
	}
	for line := range strings.Lines(s.command(args...)) {
		var x explained
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			s.t.Fatal(err)
		}
		for _, r := range x.Referrals {
			if r.Fields[form.Name].Value != "" {
				children++
			}
			for _, key := range personal {
				for _, word := range spellings(key, r.Fields[key].Value) {
					add(string(key), word)
				}
			}
		}
	}
	if children < 8 || len(all) < 40 {
		s.t.Fatalf("explain finds %d children with %d things of their own: too few to look for", children, len(all))
	}
	return all
}

// spellings returns the ways in which a value could be written.
func spellings(key form.Key, value string) []string {
	words := []string{value}
	switch key {
	case form.Name, form.ToolChildName, form.ParentName:
		for _, name := range strings.Fields(value) {
			if len(name) > 3 { // a short first name is also a word of letters
				words = append(words, name)
			}
		}
	case form.DateOfBirth, form.ToolChildBirth:
		if day, err := time.Parse(time.DateOnly, value); err == nil {
			for _, layout := range []string{"02/01/2006", "2/1/2006", "02.01.2006", "02-01-2006", "2 January 2006", "2 Jan 2006", "January 2, 2006", "20060102"} {
				words = append(words, day.Format(layout))
			}
		}
	case form.Postcode:
		words = append(words, strings.ReplaceAll(value, " ", ""))
	case form.Address:
		for line := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ',' || r == '\n' || r == ';' }) {
			if line = strings.TrimSpace(line); strings.ContainsAny(line, "0123456789") {
				words = append(words, line) // house and street; a town alone names nobody
			}
		}
	}
	return words
}

// checkNothingPersonal looks through the log, the metrics, all mail that left, and the queue's rows.
func (s *scene) checkNothingPersonal(d *daemonProcess) {
	s.t.Helper()
	texts := map[string]string{"the log": d.said(s.t), "a row of the queue": s.queueRows()}
	if _, metrics := s.get("/metrics"); metrics != "" {
		texts["/metrics"] = metrics
	}
	mails := 0
	for _, user := range s.recipients() {
		for _, m := range s.mails(user, "INBOX") {
			texts["a mail to "+user] += m.words()
			mails++
		}
	}
	if mails < 14 || !strings.Contains(texts["the log"], `"decided"`) || !strings.Contains(texts["a row of the queue"], "take") {
		s.t.Fatalf("too little to look through: %d mails, %d bytes of log, %d bytes of the queue", mails, len(texts["the log"]), len(texts["a row of the queue"]))
	}
	all := s.needles()
	for where, text := range texts {
		small := strings.ToLower(text)
		for _, n := range all {
			if found := n.in(small); found != "" {
				s.t.Errorf("%s holds a child's %s: %q", where, n.what, found)
			}
		}
	}
	for _, where := range []string{"the log", "/metrics", "a row of the queue"} {
		for _, user := range s.recipients() {
			if strings.Contains(texts[where], user) {
				s.t.Errorf("%s holds the address %s", where, user)
			}
		}
	}
}

// recipients are all to whom mail goes in these tests.
func (s *scene) recipients() []string {
	s.t.Helper()
	all, seen := []string{teamAddress, oncallAddress}, map[string]bool{}
	for _, m := range s.messages(s.t.Context()) {
		if !seen[m.From] {
			seen[m.From] = true
			all = append(all, m.From)
		}
	}
	return all
}

// queueRows returns what the queue keeps of its jobs, with errors and all.
func (s *scene) queueRows() string {
	s.t.Helper()
	rows, err := s.raw.QueryContext(s.t.Context(), "SELECT * FROM river_job")
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		s.t.Fatal(err)
	}
	var b strings.Builder
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new([]byte)
		}
		if err := rows.Scan(values...); err != nil {
			s.t.Fatal(err)
		}
		for _, v := range values {
			b.Write(*v.(*[]byte))
			b.WriteByte('\n')
		}
	}
	if err := rows.Err(); err != nil {
		s.t.Fatal(err)
	}
	return b.String()
}

// checkFiles looks through the names and the bytes of all files that the daemon wrote: what is personal is sealed in them.
func (s *scene) checkFiles(sent []posting) {
	s.t.Helper()
	all, looked := s.needles(), 0
	err := filepath.WalkDir(s.dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		looked += len(data)
		text := e.Name() + "\n" + string(data)
		small := strings.ToLower(text)
		for _, n := range all {
			if found := n.in(small); found != "" {
				s.t.Errorf("the file %s holds a child's %s: %q", e.Name(), n.what, found)
			}
		}
		for _, p := range sent {
			if strings.Contains(text, p.from) {
				s.t.Errorf("the file %s holds the address %s", e.Name(), p.from)
			}
		}
		return err
	})
	if err != nil || looked < 100_000 {
		s.t.Fatalf("looked through %d bytes: %v", looked, err)
	}
}
