package document

import "slices"

// A Warning names something of a file that was not read, or not for certain, although the rest was. It may hide a danger, a
// value or a word that takes another back, so that a file with any of them comes to a person. A reader therefore gives none
// for what says nothing about a child: a logo, an ornament, an empty page.
type Warning string

// What can be left unread of a file.
const (
	UnreadPage    Warning = "page"        // a page is a picture whose text was not read
	UnreadPicture Warning = "picture"     // a picture large enough to show a page was not read
	UnreadLetters Warning = "letters"     // the file does not say which letters it shows
	UnreadPart    Warning = "part"        // a header, a footer, a note or an embedded piece was not read
	UnreadFiles   Warning = "files"       // the file holds other files
	UnreadControl Warning = "control"     // the state of a form field or control is not known
	UnreadIcons   Warning = "icons"       // small pictures stand for ticks; which of them mean yes is not known
	Comments      Warning = "comments"    // what somebody wrote beside the text was not read
	Handwriting   Warning = "handwriting" // something is written by hand
	MorePages     Warning = "more_pages"  // the file has more pages than are read
	Torn          Warning = "torn"        // a part of the file breaks off
	Flattened     Warning = "flattened"   // damaged: read without its tables and boxes
	Unstyled      Warning = "unstyled"    // its styles are lost: words that were struck out look valid
	UnreadLink    Warning = "link"        // a shared file was linked to, and not followed
	SecondReader  Warning = "second"      // refused by its own reader and read by another program
)

var warningSentences = map[Warning]string{
	UnreadPage:    "A page is a picture whose text could not be read.",
	UnreadPicture: "A large picture in the document was not read.",
	UnreadLetters: "The file does not say which letters a page shows; words may be missing.",
	UnreadPart:    "A header, a footer, a note or an embedded piece of the document could not be read.",
	UnreadFiles:   "The file holds other files inside it, which are not read.",
	UnreadControl: "The document has a form field or control whose state could not be read.",
	UnreadIcons:   "The document has different small pictures where ticks may stand; which of them mean yes was not read.",
	Comments:      "The document has comments that were not read.",
	Handwriting:   "Something is written on a page by hand; it was not read.",
	MorePages:     "The file has more pages than are read.",
	Torn:          "A part of the file breaks off; words may be missing.",
	Flattened:     "The file is damaged; its words were read without its tables and boxes.",
	Unstyled:      "The styles of the document could not be read; struck-out words may look valid.",
	UnreadLink:    "The text links to a file on somebody's drive, which was not opened.",
	SecondReader:  "The file is older than what is read with certainty; another program was asked what stands in it.",
}

// Sentence returns the warning in closed words for staff: nothing of the file is in it.
func (w Warning) Sentence() string { return warningSentences[w] }

// Warn adds a warning, once.
func (d *Document) Warn(w Warning) {
	if !slices.Contains(d.Warnings, w) {
		d.Warnings = append(d.Warnings, w)
	}
}
