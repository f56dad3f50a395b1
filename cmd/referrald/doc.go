// Command referrald turns the emailed referrals of a prevention service into safe, explained, answered cases. It is the
// only place where all parts meet: the commands, the operator's configuration, the wiring (daemon.go), the jobs, and the
// only one that starts processes.
//
//	ingest ──Fetched──▶ store ──take──▶ reading child ──Extracts──▶ parse ─▶ triage ─▶ notify ──▶ store ──▶ deliver, settle
//
// Invariants: foreign bytes are read in a child behind fences, which holds no secret and that no file can make outlive
// its deadline; what is kept of a message and the jobs that follow are one transaction of the store; no line that is
// logged or printed in a list tells of a person.
//
// It never decides and never words a letter: triage and notify do, and what a person decides is kept beside what the
// machine did, not over it.
package main
