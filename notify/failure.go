package notify

import (
	"errors"
	"fmt"
	"net/textproto"
	"regexp"
	"strings"
)

// A FailureKind says what a failed sending means for the letter.
type FailureKind string

// The kinds of failure.
const (
	Permanent FailureKind = "permanent" // the server refuses this letter or recipient; trying again will not help
	Temporary FailureKind = "temporary" // the letter did not leave; try again
	Unknown   FailureKind = "unknown"   // the connection died after the final dot: send again under the same Message-ID
)

// A Failure is why a letter did not leave, with what the operator can do about it. It repeats nothing of the server's own
// words, which hold addresses, but for its codes.
type Failure struct {
	Kind     FailureKind
	Doing    string // a gerund: "naming the recipient"
	Code     int    // the server's reply code, or 0
	Enhanced string // its enhanced status code (RFC 3463), such as "5.7.139", or ""
	Remedy   string // a sentence, or ""
	Cause    error
}

func (f *Failure) Error() string {
	text := fmt.Sprintf("%s: %v", f.Doing, f.Cause)
	if f.Remedy != "" {
		text += ". " + f.Remedy
	}
	return text
}

// OfServer tells a failure that is the server's or the account's from one that is this letter's or its recipient's alone.
func (f *Failure) OfServer() bool {
	if _, ours := (reply{f.Code, f.Enhanced}).remedy(); ours && f.Code != 0 {
		return true
	}
	return f.Kind != Permanent && f.Doing != reciting && f.Doing != checking
}

// IsLogin tells that the server does not let us in.
func (f *Failure) IsLogin() bool { return f.Doing == loggingIn }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Cause }

// A reply is a server's refusal without its words.
type reply struct {
	code     int
	enhanced string
}

func (r reply) Error() string {
	return strings.TrimSpace(fmt.Sprintf("the server answers %d %s", r.code, r.enhanced))
}

// enhancedCode is the enhanced status code with which a reply's text may begin.
var enhancedCode = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}\b`)

// refusal takes the codes of a server's reply out of an error.
func refusal(err error) (reply, bool) {
	var said *textproto.Error
	if !errors.As(err, &said) {
		return reply{}, false
	}
	return reply{said.Code, enhancedCode.FindString(said.Msg)}, true
}

// failing makes a Failure of what went wrong before the letter was handed over. A refusal with 5xx of the letter or its
// recipient is permanent; whatever is the account's or the connection's fault can be mended, and the letter waits.
func failing(doing string, err error) *Failure {
	var known *Failure
	if errors.As(err, &known) {
		return known
	}
	f := &Failure{Kind: Temporary, Doing: doing, Cause: err}
	r, answered := refusal(err)
	if !answered {
		var odd textproto.ProtocolError
		if errors.As(err, &odd) {
			f.Cause = errUnparsed // it quotes what the server said
		}
		return f
	}
	f.Code, f.Enhanced, f.Cause = r.code, r.enhanced, r
	remedy, ours := r.remedy()
	f.Remedy = remedy
	if r.code >= 500 && r.code < 600 && !ours && ofTheLetter[doing] {
		f.Kind = Permanent
	}
	return f
}

var errUnparsed = errors.New("the server's answer could not be read")

// What is being done, as failures tell it.
const (
	reaching  = "reaching the mail server"
	greeting  = "greeting the mail server"
	tokening  = "getting an access token"
	loggingIn = "logging in to the mail server"
	naming    = "naming the sender"
	reciting  = "naming the recipient"
	offering  = "offering the letter"
	writing   = "writing the letter to the server"
	handing   = "handing over the letter"
	asking    = "asking the server whether it listens"
	checking  = "checking the letter"
)

// ofTheLetter are the steps at which a refusal can be about the letter or who gets it.
var ofTheLetter = map[string]bool{naming: true, reciting: true, offering: true, handing: true, checking: true}
