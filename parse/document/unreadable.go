package document

// A Why names the reason for which a file could not be read. Each is a sentence that staff see; see Why.Sentence.
type Why string

// Why a file cannot be read.
const (
	Locked      Why = "locked"      // needs a password
	Enveloped   Why = "enveloped"   // a secure-mail envelope (Purview, Egress, S/MIME) around the real message
	Linked      Why = "linked"      // only the address of a document elsewhere
	Broken      Why = "broken"      // damaged, or not what it claims to be
	TooLarge    Why = "too_large"   // over a limit of size, pages or nesting
	Unsupported Why = "unsupported" // a format that no reader knows
	NoText      Why = "no_text"     // pictures only, and OCR is not installed or found nothing
	Crashed     Why = "crashed"     // its reader was stopped: deadline, memory or a fault
)

var sentences = map[Why]string{
	Locked:      "The file is locked with a password.",
	Enveloped:   "The file is the envelope of a secure-mail service; the message itself must be opened there.",
	Linked:      "The file is only a link to a document elsewhere, which a person must open.",
	Broken:      "The file is damaged or is not what its name says.",
	TooLarge:    "The file is larger or more deeply nested than can be read safely.",
	Unsupported: "The file is of a kind that cannot be read.",
	NoText:      "The file holds pictures of text that could not be read.",
	Crashed:     "Reading the file had to be stopped.",
}

// Sentence returns the reason in words for staff.
func (w Why) Sentence() string { return sentences[w] }

// Unreadable is the error of every reader: a reason of the closed list, and the technical cause, which may quote the
// file and so never leaves in a letter, a digest or a log.
type Unreadable struct {
	Why   Why
	Cause error
}

// Error returns the reason's own sentence alone, so that no word of the file slips into a log.
func (u *Unreadable) Error() string { return u.Why.Sentence() }

// Unwrap returns the technical cause.
func (u *Unreadable) Unwrap() error { return u.Cause }
