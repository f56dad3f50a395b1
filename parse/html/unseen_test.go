package html

import "testing"

// What a page holds and nobody sees is not read: the lines that mails begin with for a list of mails, words as white as the
// paper, places outside the page. What is white on a colour is seen.
func TestReadUnseen(t *testing.T) {
	for in, want := range map[string]string{
		"<span style='font-size:1px;color:#ffffff'>High</span>a":                             "a\n",
		"<p style='color:white'>High</p><p style='color:#000'>a</p>":                         "a\n",
		"<font color='#FFFFFF'>High</font>a":                                                 "a\n",
		"<p style='color:#fff;background:#003366'>a</p>":                                     "a\n",
		"<table><tr><td bgcolor=navy><span style='color:white'>a</span></table>":             "1.1.1+1 a\n",
		"<div style='background:#036'><p style='color:#fff;background:none'>a</div>":         "a\n",
		"<div style='background:#036'><p style='color:#fff;background:#fff'>High</p>a</div>": "a\n",
		"<style>.x .y{background:red}</style><p style='color:white'>a</p>":                   "a\n",
		"<span style='position:absolute;left:-9999px'>High</span>a":                          "a\n",
		"<div style='width:0;height:0;overflow:hidden'>High</div>a":                          "a\n",
		"<div style='text-indent:-36pt;margin-left:36.0pt'>a</div>":                          "a\n",
	} {
		doc, err := Read([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		if got := show(doc); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// A border around words of a line chooses them.
func TestReadFramed(t *testing.T) {
	for style, want := range map[string]bool{"border:1px solid red": true, "border:solid windowtext 1.0pt": true, "border:none": false, "border:0": false, "border:1px solid white": false} {
		doc, err := Read([]byte("<p>Low <span style='" + style + "'>Medium</span> High</p>"))
		if err != nil {
			t.Fatal(err)
		}
		tokens := doc.Cells[0].Lines[0].Tokens
		if got := len(tokens) == 3; got != want {
			t.Errorf("%s: %+v", style, tokens)
		}
	}
}

// Pictures of boxes are boxes by what is said of them, or by their files' names; other pictures are none.
func TestReadPictures(t *testing.T) {
	for in, want := range map[string]string{
		"<img alt='green tick'>a": "{x}|a\n", "<img alt='Check mark button'>a": "{x}|a\n", "<img src='/i/checked.png'>a": "{x}|a\n", "<img src='x/checkbox-unchecked.gif?v=1' alt=''>a": "{_}|a\n",
		"<img alt='empty box'>a": "{_}|a\n", "<img alt='not ticked'>a": "{_}|a\n", "<img src='blank.gif'>a": "a\n", "<img alt='School logo tick'>a": "a\n", "<img src=cid:1>a": "a\n",
	} {
		doc, err := Read([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		if got := show(doc); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}
