package parse

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referrald/parse/document"
	"referrald/parse/form"
	"referrald/parse/text"
)

// fakeLexicon answers by a document's first word: "form Ada" or "tool Ada low" are sheets, and so are their lines.
type fakeLexicon map[string][]form.Sheet

func (l fakeLexicon) Read(d *document.Document, name string, _ int) []form.Sheet {
	if name == "" && len(d.Cells) > 0 {
		return l["body"]
	}
	return l[name]
}

func value(text string) form.Value {
	return form.Value{Text: text, Confidence: 0.95, Evidence: form.Evidence{Text: text}}
}

// formOf and toolOf make sheets of "key=value" pairs, by the short names below.
func formOf(pairs ...string) form.Sheet { return sheetOf(form.ReferralForm, pairs) }
func toolOf(pairs ...string) form.Sheet { return sheetOf(form.ScreeningTool, pairs) }

func sheetOf(kind form.Kind, pairs []string) form.Sheet {
	s := form.Sheet{Kind: kind, Fields: map[form.Key]form.Value{}}
	keys := map[string]form.Key{"name": form.Name, "born": form.DateOfBirth, "school": form.School, "parent": form.ParentName, "summary": form.Summary}
	if kind == form.ScreeningTool {
		keys = map[string]form.Key{"name": form.ToolChildName, "born": form.ToolChildBirth, "on": form.ToolCompletedOn, "level": form.ToolLevel}
	}
	for _, p := range pairs {
		k, v, _ := strings.Cut(p, "=")
		s.Fields[keys[k]] = value(v)
		if k == "level" {
			s.Level = form.Level(v)
		}
	}
	return s
}

// children shows each referral as "form name/tool name level !conflicts".
func children(r Reading) string {
	var out []string
	for _, c := range r.Referrals {
		s := "-"
		if c.Form != nil {
			s = c.Form.Fields[form.Name].Text
		}
		s += "/"
		if c.Tool != nil {
			s += c.Tool.Fields[form.ToolChildName].Text + " "
		}
		s += string(c.Level)
		for _, x := range c.Conflicts {
			s += fmt.Sprintf(" !%s", x.Key)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestAssembleFindsTheChildren(t *testing.T) {
	type files = [][]form.Sheet
	one := func(s ...form.Sheet) []form.Sheet { return s }
	for name, c := range map[string]struct {
		files files
		want  string
	}{
		"form and tool":      {files{one(formOf("name=Ada Quill")), one(toolOf("name=Ada Quill", "level=low"))}, "Ada Quill/Ada Quill low"},
		"tool first":         {files{one(toolOf("name=QUILL, Ada", "level=low")), one(formOf("name=Ada Quill"))}, "Ada Quill/QUILL, Ada low"},
		"one document":       {files{one(formOf("name=Ada Quill"), toolOf("level=low"))}, "Ada Quill/ low"},
		"form alone":         {files{one(formOf("name=Ada Quill"))}, "Ada Quill/absent"},
		"tool alone":         {files{one(toolOf("name=Ada Quill"))}, "-/Ada Quill unknown"},
		"nothing":            {files{nil}, ""},
		"other child":        {files{one(formOf("name=Ada Quill")), one(toolOf("name=Ben Roe", "level=low"))}, "Ada Quill/Ben Roe low"},
		"two and two":        {files{one(formOf("name=Ada Quill")), one(formOf("name=Ben Roe")), one(toolOf("name=Ben Roe", "level=low")), one(toolOf("name=Ada Quill", "level=high"))}, "Ada Quill/Ada Quill high; Ben Roe/Ben Roe low"},
		"twins":              {files{one(formOf("name=Mia Roe", "born=2013-01-02")), one(formOf("name=Ben Roe", "born=2013-01-02")), one(toolOf("name=Ben Roe", "born=2013-01-02", "level=low")), one(toolOf("name=M Roe", "born=2013-01-02", "level=high"))}, "Mia Roe/M Roe high; Ben Roe/Ben Roe low"},
		"two and one":        {files{one(formOf("name=Ada Quill")), one(formOf("name=Ben Roe")), one(toolOf("name=Ben Roe", "level=low"))}, "Ada Quill/absent; Ben Roe/Ben Roe low"},
		"whose tool":         {files{one(formOf("name=Ada Quill")), one(formOf("name=Ben Roe")), one(toolOf("level=low"))}, "Ada Quill/absent; Ben Roe/absent; -/ low !screening.child_name"},
		"nameless in order":  {files{one(formOf("name=Ada Quill")), one(toolOf("level=low")), one(formOf("name=Ben Roe")), one(toolOf("level=high"))}, "Ada Quill/ low; Ben Roe/ high"},
		"slip and date":      {files{one(formOf("name=Ada Quill", "born=2013-01-02")), one(formOf("name=Ben Roe")), one(toolOf("name=Ada Quil", "born=2013-01-02", "level=low"))}, "Ada Quill/Ada Quil low; Ben Roe/absent"},
		"initials and date":  {files{one(formOf("name=Ben Roe")), one(formOf("name=Ada Quill", "born=2013-01-02")), one(toolOf("name=AQ", "born=2013-01-02", "level=low"))}, "Ben Roe/absent; Ada Quill/AQ low"},
		"copies":             {files{one(formOf("name=Ada Quill", "born=2013-01-02")), one(formOf("name=Ada Quill", "born=2013-01-02", "school=Larkmoor")), one(toolOf("name=Ada Quill", "level=low"))}, "Ada Quill/Ada Quill low"},
		"copies that differ": {files{one(formOf("name=Ada Quill", "born=2013-01-02", "parent=Eve")), one(formOf("name=Ada Quill", "born=2013-01-03", "parent=Eve"))}, "Ada Quill/absent !young_person.date_of_birth"},
		"nameless copies":    {files{one(formOf("born=2013-01-02", "school=Larkmoor", "parent=Eve")), one(formOf("born=2013-01-02", "school=LARKMOOR", "parent=Eve"))}, "/absent"},
		"nameless forms":     {files{one(formOf("born=2013-01-02", "school=Larkmoor", "parent=Eve")), one(formOf("born=2013-01-03", "school=Larkmoor", "parent=Ann"))}, "/absent; /absent"},
		"old and new tool":   {files{one(formOf("name=Ada Quill")), one(toolOf("name=Ada Quill", "on=2026-01-02", "level=medium")), one(toolOf("name=Ada Quill", "on=2026-09-02", "level=low"))}, "Ada Quill/Ada Quill low !screening.level"},
		"tool twice":         {files{one(formOf("name=Ada Quill")), one(toolOf("name=Ada Quill", "on=2026-01-02", "level=low")), one(toolOf("name=Ada Quill", "on=2026-01-02", "level=low"))}, "Ada Quill/Ada Quill low"},
		"accents":            {files{one(formOf("name=Zoë Łaszcz (Zo)")), one(formOf("name=Ben Roe")), one(toolOf("name=Zoe Laszcz", "level=low"))}, "Zoë Łaszcz (Zo)/Zoe Laszcz low; Ben Roe/absent"},
	} {
		lex, extracts := fakeLexicon{}, []Extract{}
		for i, sheets := range c.files {
			file := fmt.Sprintf("%d.docx", i)
			lex[file] = sheets
			extracts = append(extracts, Extract{Name: file, Format: document.DOCX, Document: &document.Document{Cells: []document.Cell{{}}}})
		}
		if d := cmp.Diff(c.want, children(Assemble(extracts, "", lex))); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// What only the second copy says is heard too: it may be a danger, or another box that is ticked.
func TestAssembleHearsBothCopies(t *testing.T) {
	copyOf := func(status form.CareStatus, summary ...string) form.Sheet {
		s := formOf("name=Ada Quill", "born=2013-01-02", "school=Larkmoor", "parent=Eve")
		s.Status = map[form.CareStatus]form.Tick{}
		for _, c := range form.CareStatuses {
			s.Status[c] = form.Tick{Mark: document.Unticked, Confidence: 1}
		}
		s.Status[status] = form.Tick{Mark: document.Ticked, Confidence: 1}
		for _, text := range summary {
			s.Passages = append(s.Passages, form.Passage{Source: form.FromForm, Key: form.Summary, Evidence: form.Evidence{Text: text}})
		}
		return s
	}
	lex := fakeLexicon{"a.docx": {copyOf(form.NotOpen, "Late home.", "Tired.")}, "a.pdf": {copyOf(form.ChildInNeed, "Late  home.", "He carries a knife.")}}
	words := &document.Document{Cells: []document.Cell{{}}}
	r := Assemble([]Extract{{Name: "a.docx", Document: words}, {Name: "a.pdf", Document: words}}, "", lex)
	if len(r.Referrals) != 1 {
		t.Fatalf("%d referrals", len(r.Referrals))
	}
	var told, differ []string
	for _, p := range r.Referrals[0].Passages {
		told = append(told, p.Text)
	}
	for _, c := range r.Referrals[0].Conflicts {
		differ = append(differ, string(c.Key))
	}
	if d := cmp.Diff([]string{"Late home.", "Tired.", "He carries a knife."}, told); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{string(StatusKey), string(StatusKey)}, differ); d != "" {
		t.Error(d)
	}
}

func TestAssembleJoinsPages(t *testing.T) {
	doc := &document.Document{Cells: []document.Cell{{}}}
	lex := fakeLexicon{"1.jpg": {formOf("name=Ada Quill", "born=2013-01-02")}, "2.jpg": {formOf("summary=Worried")}, "3.jpg": {toolOf("name=Ada Quill", "on=2026-01-02")}, "4.jpg": {toolOf("level=low")}}
	var extracts []Extract
	for _, name := range []string{"1.jpg", "2.jpg", "3.jpg", "4.jpg"} {
		extracts = append(extracts, Extract{Name: name, Format: document.Image, Document: doc})
	}
	r := Assemble(extracts, "", lex)
	if d := cmp.Diff("Ada Quill/Ada Quill low", children(r)); d != "" {
		t.Fatal(d)
	}
	if got := r.Referrals[0].Value(form.Summary); got != "Worried" {
		t.Errorf("the second page's words are %q", got)
	}
}

func TestAssembleHeedsFileNames(t *testing.T) {
	lex := fakeLexicon{"a.docx": {formOf("name=Ada Quill")}, "b.docx": {formOf("name=Ben Roe")}, "Tool Ben Roe.pdf": {toolOf("level=low")}}
	doc := &document.Document{}
	r := Assemble([]Extract{{Name: "a.docx", Document: doc}, {Name: "b.docx", Document: doc}, {Name: "Tool Ben Roe.pdf", Document: doc}}, "", lex)
	if d := cmp.Diff("Ada Quill/absent; Ben Roe/ low", children(r)); d != "" {
		t.Error(d)
	}
}

func TestAssembleMakesReferrals(t *testing.T) {
	f, tool := formOf("name=Ada Quill", "summary=Worried"), toolOf("name=Ada Quill", "level=low")
	f.Status = map[form.CareStatus]form.Tick{form.ChildInNeed: {Mark: document.Ticked}, form.EarlyHelp: {Mark: document.Ticked}, form.NotOpen: {Mark: document.Unticked}}
	f.Factors = map[form.Factor]form.Tick{"gangs": {Mark: document.Ticked}, "weapons": {Mark: document.Ticked}, "abuse": {Mark: document.MarkUnknown}}
	f.Passages = []form.Passage{{Source: form.FromForm, Key: form.Summary}}
	tool.Passages = []form.Passage{{Source: form.FromTool}}
	tool.Fields[form.Name] = value("Not the form's")
	lex := fakeLexicon{"f": {f}, "t": {tool}}
	r := Assemble([]Extract{{Name: "f", Document: &document.Document{}}, {Name: "t", Document: &document.Document{}}}, "", lex)
	got := r.Referrals[0]
	want := Referral{Form: got.Form, Tool: got.Tool, Statuses: []form.CareStatus{form.EarlyHelp, form.ChildInNeed}, Factors: []form.Factor{"weapons", "gangs"},
		Level: form.LevelLow, Passages: []form.Passage{{Source: form.FromForm, Key: form.Summary}, {Source: form.FromTool}},
		Fields: map[form.Key]form.Value{form.Name: value("Ada Quill"), form.Summary: value("Worried"), form.ToolChildName: value("Ada Quill"), form.ToolLevel: value("low")}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if got.Form.Part != 0 || got.Tool.Part != 1 || got.Tool.Document != "t" {
		t.Errorf("parts %d and %d", got.Form.Part, got.Tool.Part)
	}
}

func TestAssembleNotesDocuments(t *testing.T) {
	words := &document.Document{Cells: []document.Cell{{Lines: []document.Line{{Tokens: []document.Token{{Text: "Ada"}}}}}}}
	scan := &document.Document{Scans: []document.Scan{{Page: 1}}}
	read := &document.Document{Scans: scan.Scans, Cells: []document.Cell{{Lines: []document.Line{{Tokens: []document.Token{{Text: "Ada", Source: document.Recognised}}}}}}}
	lex := fakeLexicon{"form": {formOf()}, "tool": {toolOf()}, "both": {toolOf(), formOf(), toolOf()}, "read scan": {formOf()}}
	r := Assemble([]Extract{
		{Body: true, Document: words}, {Body: true, Why: document.Enveloped}, {Name: "form", Document: words}, {Name: "tool", Document: words},
		{Name: "both", Document: words}, {Name: "letter", Document: words}, {Name: "scan", Document: scan}, {Name: "read scan", Document: read},
		{Name: "read letter", Document: read}, {Name: "locked", Why: document.Locked}, {Name: "logo", Inline: true, Format: document.Image}, {Name: "empty", Document: &document.Document{}},
	}, "", lex)
	var got []string
	for _, d := range r.Documents {
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s: %s %s", d.Name, d.Kind, d.Why)))
		if len(d.Unread) > 0 {
			t.Errorf("%s: unread %v", d.Name, d.Unread)
		}
	}
	want := []string{": unreadable enveloped", "form: referral_form", "tool: screening_tool", "both: both", "letter: other", "scan: unreadable no_text",
		"read scan: referral_form", "read letter: other", "locked: unreadable locked", "logo: other", "empty: unreadable no_text"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// What was not read of a document is told of the whole message, whether a form was found in it or not.
func TestAssembleNotesWhatIsUnread(t *testing.T) {
	words := []document.Cell{{Lines: []document.Line{{Tokens: []document.Token{{Text: "Ada"}}}}}}
	torn := &document.Document{Cells: words, Warnings: []document.Warning{document.Torn}}
	pasted := &document.Document{Cells: words, Scans: []document.Scan{{Page: 1}}}
	r := Assemble([]Extract{{Body: true, Document: torn}, {Name: "form", Document: torn}, {Name: "letter", Document: torn}, {Name: "pasted", Document: pasted}},
		"", fakeLexicon{"form": {formOf()}, "pasted": {formOf()}})
	want := []string{": [torn]", "form: [torn]", "letter: [torn]", "pasted: [page]"}
	var got []string
	for _, d := range r.Documents {
		got = append(got, fmt.Sprintf("%s: %v", d.Name, d.Unread))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// passagesOf reads a plain text body and shows its passages.
func passagesOf(t *testing.T, lex fakeLexicon, bodies ...string) string {
	t.Helper()
	var extracts []Extract
	for _, b := range bodies {
		d, err := text.Read([]byte(b))
		if err != nil {
			t.Fatal(err)
		}
		extracts = append(extracts, Extract{Body: true, Format: document.Text, Document: d})
	}
	var out []string
	for _, p := range Assemble(extracts, "", lex).Passages {
		out = append(out, string(p.Source)+": "+strings.ReplaceAll(p.Text, "\n", " / "))
	}
	return strings.Join(out, "\n")
}

func TestAssemblePartsLetters(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"signature": {"Dear team,\nPlease see attached.\n\nKind regards\n\nAda Quill\nDeputy Head and Lead for Behaviour\nLarkmoor Academy\n12 Moor Road, Leek\nTel: 01632 960001\n\nThis email and any attachments are confidential.",
			"body: Dear team, / Please see attached.\nfooter: Kind regards / Ada Quill / Deputy Head and Lead for Behaviour / Larkmoor Academy / 12 Moor Road, Leek / Tel: 01632 960001 / This email and any attachments are confidential."},
		"one line closing": {"See attached.\nMany thanks, Ada Quill\nSENDCo", "body: See attached.\nfooter: Many thanks, Ada Quill / SENDCo"},
		"thanks first":     {"Thanks, my part is done.\nThanks for your help", "body: Thanks, my part is done. / Thanks for your help"},
		"postscript":       {"See attached.\nRegards\nAda\nPS he has a knife\nHe says that he carries it for protection.", "body: See attached.\nfooter: Regards / Ada\nbody: PS he has a knife / He says that he carries it for protection."},
		"delimiter":        {"See attached.\n-- \nAda Quill\nHead", "body: See attached.\nfooter: -- / Ada Quill / Head"},
		"banner":           {"CAUTION: This email originated from outside of the organisation. Do not click links or open\nattachments unless you recognise the sender.\nHello", "footer: CAUTION: This email originated from outside of the organisation. Do not click links or open / attachments unless you recognise the sender.\nbody: Hello"},
		"phone":            {"He is missing.\nSent from my iPhone", "body: He is missing.\nfooter: Sent from my iPhone"},
		"prefixes":         {"Agreed.\n> He was seen with a knife.\n> Regards\n> Ben\nMore of mine.", "body: Agreed.\nquoted: He was seen with a knife.\nfooter: Regards / Ben\nbody: More of mine."},
		"Outlook": {"See below.\nAda\n\nFrom: Ben Roe\nSent: 16 September 2026 10:25\nTo: Ada Quill\nSubject: RE: concerns\n\nHe was seen with a knife.\nRegards\nBen",
			"body: See below. / Ada\nquoted: From: Ben Roe / Sent: 16 September 2026 10:25 / To: Ada Quill / Subject: RE: concerns / He was seen with a knife.\nfooter: Regards / Ben"},
		"Gmail":         {"Yes.\n\nOn Mon, 5 Oct 2026 at 09:12, Ben Roe <ben@larkmoor.example>\nwrote:\nHe was seen.", "body: Yes.\nquoted: On Mon, 5 Oct 2026 at 09:12, Ben Roe <ben@larkmoor.example> / wrote: / He was seen."},
		"forwarded":     {"FYI\n---------- Forwarded message ---------\nFrom: *Ben*\nHe was seen.", "body: FYI\nquoted: ---------- Forwarded message --------- / From: *Ben* / He was seen."},
		"from in prose": {"From: what I hear he is fine.\nTo be clear: he is.", "body: From: what I hear he is fine. / To be clear: he is."},
		"empty box":     {"[ ] Possession of weapons\n[x] School exclusions", "body: School exclusions"},
		"rights":        {"I request his file under the Data Protection Act.", "body: I request his file under the Data Protection Act."},
	} {
		if d := cmp.Diff(c.want, passagesOf(t, nil, c.in)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestAssembleTellsEachWordOnce(t *testing.T) {
	if d := cmp.Diff("body: He was seen with older lads.\nbody: New in the second.", passagesOf(t, nil, "He was seen with older lads.", "He was seen  with older lads.\nNew in the second.")); d != "" {
		t.Error(d)
	}
	sheet := formOf("name=Ada Quill of Leek", "summary=He has new trainers")
	for k, v := range sheet.Fields {
		v.Evidence.Text = map[form.Key]string{form.Name: "Name of young person: Ada Quill of Leek", form.Summary: "Summary: He has new trainers"}[k]
		sheet.Fields[k] = v
	}
	body := "The form for Ada Quill of Leek is below.\nName of young person: Ada Quill of Leek\nPossession of weapons\nSummary: He has new trainers\nHe has a knife today.\nRegards\nBen, tutor of\nAda Quill of Leek"
	if d := cmp.Diff("body: The form for Ada Quill of Leek is below.\nbody: He has a knife today.\nfooter: Regards / Ben, tutor of / Ada Quill of Leek", passagesOf(t, fakeLexicon{"body": {sheet}}, body)); d != "" {
		t.Error(d)
	}
}

// A note under a form may say what none of its fields do; what the template says of any child, and what the fields have, is
// not told again.
func TestAssembleReadsBesideForms(t *testing.T) {
	for note, want := range map[string]string{
		"She has not been seen since last night.":                "She has not been seen since last night.",
		"PS Ada's brother knows where the knife is":              "PS Ada's brother knows where the knife is",
		"Late home. She told her aunt.":                          "",
		"Call 999 if the child is in danger now.":                "",
		"Say whether he/she goes missing from his or her home.":  "",
		"Signed by her aunt":                                     "Signed by her aunt",
		"Ada Quill":                                              "",
		"Does (s)he meet older people at night, away from home?": "",
	} {
		d, err := text.Read([]byte("Name: Ada Quill\n\n" + note))
		if err != nil {
			t.Fatal(err)
		}
		r := Assemble([]Extract{{Name: "form", Document: d}}, "", fakeLexicon{"form": {formOf("name=Ada Quill", "summary=Late home. She told her aunt.")}})
		var got string
		for _, p := range r.Passages {
			if p.Source != form.FromOther || p.Document != "form" {
				t.Errorf("%s: %+v", note, p)
			}
			got += p.Text
		}
		if got != want {
			t.Errorf("%s: told %q", note, got)
		}
	}
}

func TestAssembleReadsOtherDocuments(t *testing.T) {
	cell := func(table int, tokens ...document.Token) document.Cell {
		return document.Cell{Table: table, Row: 1, Col: 1, Lines: []document.Line{{Tokens: tokens}}}
	}
	d := &document.Document{Cells: []document.Cell{
		cell(0, document.Token{Text: "He was "}, document.Token{Text: "not ", Style: document.Struck}, document.Token{Text: "seen."}),
		cell(0, document.Token{Text: "Twice."}),
		cell(1, document.Token{Mark: document.Unticked}, document.Token{Text: "Weapons"}),
		cell(2, document.Token{Mark: document.Ticked}, document.Token{Text: "Gangs"}),
	}}
	r := Assemble([]Extract{{Name: "log.docx", Document: d}}, " Urgent ", fakeLexicon{})
	want := []form.Passage{
		{Source: form.FromSubject, Evidence: form.Evidence{Where: "subject", Text: "Urgent"}},
		{Source: form.FromOther, Evidence: form.Evidence{Document: "log.docx", Where: "text", Text: "He was seen.\nTwice."}},
		{Source: form.FromOther, Evidence: form.Evidence{Document: "log.docx", Where: "table 2, row 1, cell 1", Text: "Gangs"}},
	}
	if d := cmp.Diff(want, r.Passages); d != "" {
		t.Error(d)
	}
}

func FuzzAssemble(f *testing.F) {
	f.Add("Dear all\n> x\n-- \nFrom: a\nSent: b\nTo: c", "Re: x", "Ada Quill", "A Quil")
	f.Fuzz(func(t *testing.T, body, subject, name, toolName string) {
		d, err := text.Read([]byte(body))
		if err != nil {
			return
		}
		lex := fakeLexicon{"body": {formOf("name=" + name)}, "t": {toolOf("name=" + toolName)}}
		r := Assemble([]Extract{{Body: true, Document: d}, {Name: "t", Document: d}}, subject, lex)
		if n := len(r.Referrals); n < 1 || n > 2 || n == 2 && len(d.Cells) > 0 {
			t.Fatalf("%d referrals", n)
		}
	})
}

func BenchmarkAssemble(b *testing.B) {
	d, err := text.Read([]byte(strings.Repeat("He was seen with older lads in the park again, and staff are worried.\n", 60)))
	if err != nil {
		b.Fatal(err)
	}
	lex := fakeLexicon{"f": {formOf("name=Ada Quill")}, "t": {toolOf("name=Ada Quill")}}
	extracts := []Extract{{Body: true, Document: d}, {Name: "f", Document: d}, {Name: "t", Document: d}}
	b.ReportAllocs()
	for b.Loop() {
		Assemble(extracts, "Referral", lex)
	}
}
