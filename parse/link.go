package parse

import (
	"bytes"
	"regexp"
	"strings"
)

// isShortcut tells the files that are nothing but the address of a document elsewhere: of Windows, of macOS, of Google's
// and Microsoft's drives.
func isShortcut(f File) bool {
	switch extension(f) {
	case ".url", ".lnk", ".webloc", ".gdoc", ".gsheet", ".gslides", ".gdraw", ".desktop", ".website":
		return true
	}
	return bytes.HasPrefix(trimmedHead(f.Data), []byte("[InternetShortcut]"))
}

// linkHead bounds how much of a text or page is looked through for links.
const linkHead = 1 << 20

// unescaped undoes what gateways and pages do to addresses that they carry within others.
var unescaped = strings.NewReplacer("%2f", "/", "%3a", ":", "&#47;", "/", "&#58;", ":", "\\/", "/")

// shares are the beginnings of addresses behind which one shared file or folder stands.
var shares = []string{
	"sharepoint.com/:", "1drv.ms/", "onedrive.live.com/", "docs.google.com/document/", "docs.google.com/spreadsheets/", "docs.google.com/file/",
	"drive.google.com/", "dropbox.com/s/", "dropbox.com/sh/", "dropbox.com/scl/", "we.tl/", "wetransfer.com/downloads/", ".box.com/s/", "icloud.com/iclouddrive", "mega.nz/file/",
}

// sharesFile tells a text or page that links to a file on somebody's drive, which is not followed: whoever sent it meant it
// to be read. Pictures that are shown are no such files, nor is what signatures offer to every reader.
func sharesFile(data []byte) bool {
	text := unescaped.Replace(strings.ToLower(string(data[:min(len(data), linkHead)])))
	if !strings.Contains(text, "http") || !containsAny(text, shares) {
		return false
	}
	before := ""
	for line := range strings.SplitSeq(linesOfPage(text), "\n") {
		said := strings.Join(strings.Fields(tag.ReplaceAllString(address.ReplaceAllString(line, " "), " ")), " ")
		if said == "" { // an address may stand under what it is called
			said = before
		}
		if containsAny(line, shares) && !isOffered(said) {
			return true
		}
		before = said
	}
	return false
}

var (
	showing = regexp.MustCompile(`<(?:img|link|v:imagedata|v:fill)\b[^>]*>`)
	ending  = regexp.MustCompile(`<(?:br|/p|/div|/td|/tr|/li|/h\d|/table)\b[^>]*>`)
	tag     = regexp.MustCompile(`<[^>]*>`)
	address = regexp.MustCompile(`https?://[^\s"'<>]+`)
)

// linesOfPage returns a page line by line, without the pictures that it shows. A plain text has its own lines.
func linesOfPage(text string) string {
	if !ending.MatchString(text) {
		return text
	}
	text = showing.ReplaceAllString(strings.ReplaceAll(text, "\n", " "), " ")
	return ending.ReplaceAllString(text, "\n")
}

// mostOffered is how long a line of a signature is at most, in bytes without its addresses.
const mostOffered = 160

// offers are what schools and councils show to every reader of their mails; taken are words with which such a line brings
// something of its own.
var (
	offers = []string{"privacy", "policy", "policies", "newsletter", "prospectus", "training", "vacanc", "survey", "feedback", "term dates", "brochure", "complaints", "terms and conditions", "accessibility statement", "ofsted", "virtual tour", "our values", "threshold"}
	taken  = []string{"refer", "form", "tool", "screening", "chronolog", "child", "pupil", "student", "young person", "attach", "report", "evidence", "statement", "photo", "video", "log", "note", "letter ", "completed", "below"}
)

// plainOffers takes out of the names of offers the words that would be taken for something of its own.
var plainOffers = strings.NewReplacer("accessibility statement", "accessibility", "privacy statement", "privacy", "child protection polic", "polic", "newsletter", "policy",
	"privacy notice", "privacy", "ofsted report", "ofsted", "information", "", "platform", "")

// isOffered tells by its words that a link is for everybody: the privacy notice, the newsletter.
func isOffered(said string) bool {
	said = plainOffers.Replace(said)
	return len(said) <= mostOffered && containsAny(said, offers) && !containsAny(said, taken) && !speaksOfSomebody(" "+said+" ")
}
