package main

// A step is a moment on a message's way at which a test takes the power away: see failpoint. In the daemon that is
// shipped failpoint does nothing; only a build with the tag "failpoints" knows how to die.
type step string

// The steps, in the order in which a message comes to them, and those of a digest.
const (
	beforeFetch  step = "before-fetch" // the attempt is recorded
	afterFetch   step = "after-fetch"
	beforeFile   step = "before-file"
	afterFile    step = "after-file"
	beforeTake   step = "before-take"
	beforeDecide step = "before-decide" // the documents are read
	afterDecide  step = "after-decide"
	beforeCommit step = "before-commit" // the letter is written
	afterCommit  step = "after-commit"
	afterTake    step = "after-take"
	beforeSend   step = "before-send"
	sending      step = "sending"    // "sending" is recorded
	afterAnswer  step = "after-250"  // the server has taken the letter, and nothing here knows
	afterSend    step = "after-send" // now it does
	beforeSettle step = "before-settle"
	afterMove    step = "after-move"
	afterSettle  step = "after-settle"
	beforeDigest step = "before-digest" // the digest is written
	afterDigest  step = "after-digest"
)
