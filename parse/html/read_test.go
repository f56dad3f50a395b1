package html

import (
	"errors"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referrald/parse/document"
	"referrald/parse/document/readertest"
)

// show writes a document as lines: the cell's place, its words, marks in braces ({x}, {_}, {?}) and looks in letters.
func show(d *document.Document) string {
	var b strings.Builder
	for _, c := range d.Cells {
		if c.Table > 0 {
			fmt.Fprintf(&b, "%d.%d.%d+%d ", c.Table, c.Row, c.Col, max(c.Span, 1))
		}
		for i, l := range c.Lines {
			if i > 0 {
				b.WriteString(" / ")
			}
			for j, tok := range l.Tokens {
				if j > 0 {
					b.WriteByte('|')
				}
				b.WriteString([...]string{"", "{_}", "{x}", "{?}"}[tok.Mark])
				if tok.Mark == document.NoMark {
					b.WriteString(tok.Text)
				}
				b.WriteString(looks(tok.Style))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func looks(s document.Style) string {
	out := ""
	for i, letter := range "bshuipfqckg" {
		if s.Has(1 << i) {
			out += string(letter)
		}
	}
	if out != "" {
		out = "<" + out + ">"
	}
	return out
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"white space": {"<p>  Name:\n <b> Ada</b>  <i> Quill</i> </p>x&nbsp; y<br>z<p>&nbsp;</p>", "Name: |Ada<b>| |Quill<i>| \nx  y / z\n"},
		"blocks":      {"<div>a<div>b</div>c</div><ul><li>d<li>e</ul><h1>f</h1>", "a\nb\nc\nd\ne\nf<b>\n"},
		"pre":         {"<pre>a  b\n\tc</pre>", "a  b / \tc\n"},
		"looks": {"<s>a</s><span style='text-decoration: line-through'>b</span><mark>c</mark><span style='background:yellow'>d</span>" +
			"<span style='background-color:#fff'>e</span><b style='font-weight:normal'>f</b><span style='background:rgb(255, 255, 255)'>g</span>",
			"ab<s>|cd<h>|efg\n"},
		"ink": {"<font color=red>a</font><span style='color:#00B050'>b</span><span style='color:rgb(128,128,128)'>c<i style='color:black'>d</i></span><p style='color:navy'>e<span style='color:inherit'>f</span></p>",
			"ab<k>|c<g>|d<i>\nef<k>\n"},
		"shaded cells": {"<table><tr style='background:#EEE'><td>No<td style='background:#FFFF00'>Yes<tr><td bgcolor=yellow>No<td>Yes<tr><td>No<td>Yes</table>",
			"1.1.1+1 No<h>\n1.1.2+1 Yes<h>\n1.2.1+1 No<h>\n1.2.2+1 Yes\n1.3.1+1 No\n1.3.2+1 Yes\n"},
		"a shaded row":  {"<table><tr><th>Sign<tr><td>Late<tr style='background:lime'><td>Gangs<tr><td>Drugs</table>", "1.1.1+1 Sign<b>\n1.2.1+1 Late\n1.3.1+1 Gangs<h>\n1.4.1+1 Drugs\n"},
		"shaded labels": {"<table><tr><td bgcolor=#DDEEFF>Name<td>Ada<tr><td bgcolor=#DDEEFF>DOB<td>1/2/13</table>", "1.1.1+1 Name\n1.1.2+1 Ada\n1.2.1+1 DOB\n1.2.2+1 1/2/13\n"},
		"hidden": {"<head><title>t</title><style>p{}</style></head><script>x</script><div style='display:none'>y</div><span hidden>z</span>" +
			"<div style='mso-hide:all'>o</div><span style='font-size:0px'>p</span>seen", "seen\n"},
		"Outlook's comments": {"<!--[if mso]><p>no</p><![endif]--><![if !mso]><p>yes<o:p></o:p></p><![endif]>", "yes\n"},
		"table": {"<table><caption>cap</caption><tr><th>a<th colspan=2>b<tr><td rowspan=2>c<td>d<td>e<tr><td>f<td></table>after",
			"cap\n1.1.1+1 a<b>\n1.1.2+2 b<b>\n1.2.1+1 c\n1.2.2+1 d\n1.2.3+1 e\n1.3.2+1 f\n1.3.3+1 \nafter\n"},
		"lines of a cell": {"<table><tr><td><p>a</p><p>b<br>c</p></td></tr></table>", "1.1.1+1 a / b / c\n"},
		"layout table": {"<table><tr><td><p>hi</p><table><tr><td>a<td>b<tr><td>c<td>d</table></td></tr></table>",
			"hi\n2.1.1+1 a\n2.1.2+1 b\n2.2.1+1 c\n2.2.2+1 d\n"},
		"nested table": {"<table><tr><td>Status<td><table><tr><td>&#9744;<td>CIN<tr><td>&#9746;<td>CP</table></table>",
			"1.1.1+1 Status\n1.1.2+1 {_}|\tCIN / {x}|\tCP\n"},
		"nested table of paragraphs": {"<table><tr><td><p>Status</p><td><table><tr><td><p>&#9744;</p><td><p>CIN</p><p>since May</p><td><p>no</p><tr><td><p>&#9746;</p><td><p></p><td><p>CP</p></table></table>",
			"1.1.1+1 Status\n1.1.2+1 {_}|\tCIN / since May\tno / {x}|\t\tCP\n"},
		"presentation": {"<table role=presentation><tr><td><p>a</p><p>b</p></td></tr></table>", "a\nb\n"},
		"inputs": {"<input type=checkbox checked> a <input type=radio> b <input value='Ada'> <input placeholder='Enter name'> <input type=hidden value=h>" +
			"<textarea>l1\nl2</textarea><select><option>x<option selected>y</select><select><option>u</select>",
			"{x}<f>| a |{_}<f>| b |Ada<f>| |Enter name<pf>| |l1<f> / l2<f>|y<f>|u<pf>\n"},
		"aria":                        {"<div role=checkbox aria-checked=true>a</div><span role=radio aria-checked=false></span>b", "{x}|a\n{_}|b\n"},
		"a check list of Google Docs": {"<ul><li role=checkbox aria-checked=true><img alt=checked><p>Early Help</p></li><li role=checkbox aria-checked=false><img alt=unchecked><p>CIN</p><p>more</p></li></ul>", "{x}|Early Help\n{_}|CIN\nmore\n"},
		"boxes as pictures":           {"<p><img alt='Checked'> a <img alt='Unchecked'> b <img alt='our school'></p>", "{x}| a |{_}| b \n"},
		"comments":                    {"<p>a<span class=MsoCommentReference><a class=msocomanchor>[A1]</a></span></p><div style='mso-element:comment-list'><p>hm</p></div>", "a\n"},
		"Outlook on telephones":       {"new<div id=mail-editor-reference-message-container><p>old</p></div>", "new\nold<q>\n"},
		"Wingdings": {"<span style='font-family:Wingdings'>\u00FE</span> a <font face=Wingdings>\u00A8</font> b <span style=\"font-family:'Wingdings 2'\">R</span> c" +
			" <span style='font-family:Wingdings'>J</span>", "{x}| a |{_}| b |{x}| c ☺\n"},
		"Outlook's bullets": {"<p><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span></span>item</p>" +
			"<p><span style='font-family:Wingdings'><span style='mso-list:Ignore'>q<span style='font:7.0pt \"Times New Roman\"'>&nbsp;</span></span></span>box</p>", "item\n{_}|box\n"},
		"tabs":                        {"a<span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp; </span>b", "a\tb\n"},
		"blockquote":                  {"new<blockquote type=cite>old</blockquote>", "new\nold<q>\n"},
		"indent":                      {"<blockquote style='margin:0 0 0 40px;border:none;padding:0px'>mine</blockquote>", "mine\n"},
		"answered within Gmail's box": {"<div class='gmail_quote gmail_quote_container'><div class=gmail_attr>On Monday Bo wrote:<br></div><blockquote class=gmail_quote>Is he safe?</blockquote><div>No, he is missing</div><blockquote class=gmail_quote>Bye<div class=gmail_quote>older</div></blockquote>Ada</div>", "On Monday Bo wrote:<q>\nIs he safe?<q>\nNo, he is missing\nBye<q>\nolder<q>\nAda\n"},
		"forwarded by Gmail":          {"<div class=gmail_quote><div class=gmail_attr>--- Forwarded message ---<br>To: Bo:</div><blockquote>old</blockquote>older</div>", "--- Forwarded message ---<q> / To: Bo:<q>\nold<q>\nolder<q>\n"},
		"Gmail":                       {"new<div class='gmail_quote'>On Monday Bo wrote:<blockquote class=gmail_quote>old</blockquote></div>", "new\nOn Monday Bo wrote:<q>\nold<q>\n"},
		"Outlook web":                 {"new<div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>From:</b> Bo</div><div>old</div>", "new\nFrom:<bq>| Bo<q>\nold<q>\n"},
		"Outlook":                     {"<p>new</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>From:</b> Bo<br><b>Sent:</b> Monday</p></div></div><p>old</p>", "new\nFrom:<bq>| Bo<q> / Sent:<bq>| Monday<q>\nold<q>\n"},
		"a line above":                {"<p>new</p><div style='border-top:solid black 1pt'>Kind regards</div>", "new\nKind regards\n"},
		"style sheet": {"<style><!-- /* c */ @media print{.a{display:none}} .a,p.b{text-decoration:line-through} p.c b{display:none} #i{font-weight:700} .w{font-family:Wingdings} .h{display:none} --></style>" +
			"<p class='x a'>1</p><p class=b>2</p><span class=b>3</span><p class=c>4<b>5</b></p><p id=i>6</p><i class=w>o</i><p class=h>7</p>",
			"1<s>\n2<s>\n3\n4|5<b>\n6<b>\n{_}<i>\n"},
		"no size":     {"<div style='font-size:0'>a<span style='font-size:12px'>b</span></div>", "b\n"},
		"glyph image": {"<img alt='☑'> yes <img alt='logo'>", "{x}| yes \n"},
		"no HTML":     {"just words\nhere", "just words here\n"},
		"bad UTF-8":   {"\xEF\xBB\xBFa\xFFb", "a\uFFFDb\n"},
	} {
		doc, err := Read([]byte(c.in))
		if err != nil {
			t.Errorf("%s: %v", name, errors.Unwrap(err))
			continue
		}
		if d := cmp.Diff(c.want, show(doc)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestReadInputsKeepTheirNames(t *testing.T) {
	doc, err := Read([]byte("<input type=checkbox name=early_help>"))
	if err != nil {
		t.Fatal(err)
	}
	want := []document.Token{{Mark: document.Unticked, Source: document.HTMLInput, Style: document.Filled, Field: "early_help"}}
	if d := cmp.Diff(want, doc.Cells[0].Lines[0].Tokens); d != "" {
		t.Error(d)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, data := range map[string][]byte{
		"large": make([]byte, MaxSize+1),
		"deep":  []byte(strings.Repeat("<div>", 100_000)),
	} {
		doc, err := Read(data)
		var u *document.Unreadable
		if !errors.As(err, &u) || u.Why != document.TooLarge || doc != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadBoundsSpans(t *testing.T) {
	doc, err := Read([]byte(strings.Repeat("<table><tr>"+strings.Repeat("<td colspan=1000 rowspan=60000>a", 50)+strings.Repeat("<tr><td>b", 50)+"</table>", 4)))
	if err != nil || len(doc.Cells) != 400 {
		t.Errorf("%d cells, %v", len(doc.Cells), err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("<table><tr><td rowspan=2>a<td><table><tr><td><input type=checkbox checked></table></table><select><option>x</select>"))
	f.Add([]byte("<p style='font-family:Wingdings;background:rgb(1,2'>\u00FE</p><blockquote>q<pre>\n</pre><textarea>t"))
	f.Add([]byte("<style>.q{display:none}</style><div role=checkbox aria-checked=true>\u2610</div><input value=v placeholder=p><div id=divRplyFwdMsg>From:"))
	f.Fuzz(func(t *testing.T, data []byte) {
		readertest.Check(t, data, Read, html.UnescapeString(strings.ToValidUTF8(string(data), "\uFFFD"))+" \u2139")
	})
}

func BenchmarkRead(b *testing.B) {
	row := "<tr><td style='border:solid 1pt'><p class=MsoNormal><b>Name:</b> Ada&nbsp;Quill<o:p></o:p></p></td><td>☒ Early Help</td></tr>"
	data := []byte("<html><head><style>p{}</style></head><body><table>" + strings.Repeat(row, 60) + "</table></body></html>")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
	}
}
