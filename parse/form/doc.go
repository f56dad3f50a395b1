// Package form finds the labels of the referral form and of screening tools in a Document and puts the values beside
// them: one matcher for every format, driven by a lexicon of labels that staff can extend.
//
//	Document ──labels──▶ anchors ──values──▶ Sheet (fields, ticks, level), each with confidence and where it stood
//
// Invariant: a value's text stands in the document; what two witnesses tell differently is a Conflict, never a guess.
// The package decides nothing about a child: that is triage's.
package form
