// Package parse says what the documents of one message say: it tells a file's format by its bytes, calls that format's
// reader, lets package form put fields on labels, parts the mail's own words from signatures and quoted mail, and
// brings each child's form and screening tool together in one Referral.
//
//	Files ──Read──▶ Extracts ──Assemble──▶ Reading{Referrals, Passages, Documents}
//
// Read runs foreign bytes through a reader and belongs in a child process that can be killed; Assemble works on what
// came of it. Neither knows the mail's headers, a clock, a network, SQL or a logger.
package parse
