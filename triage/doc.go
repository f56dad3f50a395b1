// Package triage decides. From what the rules need of the mail (Arrival), what its documents say (parse.Reading) and
// what is already known (History) it makes an Intake: for each child a Decision with every rule that spoke, its verdict,
// its sentence and the words it relied on; for the message one outcome and the one kind of letter that may leave.
//
//	Arrival + Reading + History ──Assess──▶ Intake{Class, Sender, Children[Decision{Reasons}], Outcome, Letter}
//
// The table of codes (codes.go) says of everything that a rule can find which clause it belongs to, its verdict and what
// it asks for; the precedence (precedence.go) says what follows. The rules, one file each, only say which codes apply.
// Numbers, words and lists are the Policy's; the Register knows schools, the Gazetteer postcodes; package prose reads
// the words.
//
// Invariants: unknown is never not met; a decision is a function of its arguments alone (no clock, network, SQL or
// logger; the day is the day of arrival); sexuality, ethnicity and religion are read by no rule.
package triage
