// Package ingest brings the post in: it watches a mailbox over IMAP, and takes single messages apart.
//
//	mailbox ──Watch──▶ Ledger.File(raw)        raw ──Open──▶ Message{From, Parts, Machine, Authenticated, Identity}
//
// A message is filed whole before it is looked at; Open works on what was filed, within limits of depth, parts and bytes,
// and reads odd mail tolerantly rather than not at all. The MIME tree is split by this package's own walker, since a strict
// one gives up a whole message for one bad line; header fields and charsets are go-message's.
//
// It never decides, never answers, never looks at a mail's flags to know what is new, and never reads a form: parts are
// bytes to it. What it could not understand stands in Message.Defects, and is a reason to hold.
package ingest
