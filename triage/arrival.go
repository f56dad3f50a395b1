package triage

import "time"

// An Arrival is what the rules need to know of the mail itself. The command that runs the daemon translates the
// ingest package's facts into it, so that triage knows no mail library.
type Arrival struct {
	At            time.Time // when our own server took the message
	From          string    // the author's address, lower case; "" where it cannot be read
	ReplyTo       string    // another address that replies are asked to go to, or ""
	Authenticated bool      // our own mail server vouches for From's domain (DMARC, or aligned SPF or DKIM)
	Machine       Machine   // what the mail's headers and words say of its being written by a machine
	Junk          bool      // found in the junk folder
	Subject       string
	Defects       []string // what was wrong with the message's build (closed words), each a reason to hold
	History       History
}

// A Machine says whether and how a mail was written by a machine.
type Machine string

// The kinds of machine mail. Human is the zero value: a person wrote it.
const (
	Human     Machine = ""
	AutoReply Machine = "auto_reply"
	Bounce    Machine = "bounce"
	Bulk      Machine = "bulk"
	Copier    Machine = "copier" // a scanner's or no-reply address: a person's referral, but no automatic letter
)

// A History is what the store knows that bears on a new message.
type History struct {
	Reference string   // the case that the message belongs to by our own reference or Message-ID and the same school, or ""
	Accepted  bool     // that case was accepted
	Resend    bool     // the same message, part for part, was filed before
	Returned  bool     // staff moved it back to the inbox
	KnownAs   []string // references of cases with the same child's name and birth date, by the blind index
}

// A SenderKind says what kind of sender a message has, by its domain and never by its display name.
type SenderKind string

// The kinds of the explain contract.
const (
	Education      SenderKind = "education"
	Police         SenderKind = "police"
	LocalAuthority SenderKind = "local_authority"
	Health         SenderKind = "health"
	ParentOrOther  SenderKind = "parent_or_other"
	SenderUnknown  SenderKind = "unknown"
)

// A Council says in whose area a school or a home stands.
type Council string

// The councils of the explain contract.
const (
	Stoke          Council = "stoke"
	Staffordshire  Council = "staffordshire"
	Outside        Council = "outside"
	CouncilUnknown Council = "unknown"
)

// A Sender is what the rules know of who wrote.
type Sender struct {
	Kind          SenderKind `json:"kind"`
	Authenticated bool       `json:"authenticated"`
	School        string     `json:"school"` // its name in the register, or ""
	Council       Council    `json:"council"`
	Phase         Phase      `json:"phase,omitempty"`
}

// A Phase is a school's phase of education, from the register.
type Phase string

// The phases of a GIAS extract, folded to what the rules tell apart.
const (
	PhaseUnknown     Phase = ""
	PhaseNursery     Phase = "nursery"
	PhasePrimary     Phase = "primary" // primary, first, infant and junior schools
	PhaseMiddle      Phase = "middle"
	PhaseSecondary   Phase = "secondary"
	PhaseAllThrough  Phase = "all_through"
	PhaseSpecial     Phase = "special"
	PhaseAlternative Phase = "alternative" // pupil referral units and alternative provision
	PhaseSixteenPlus Phase = "sixteen_plus"
)
