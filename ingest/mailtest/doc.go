// Package mailtest starts a real mail server for tests: Postfix, which takes mail and stamps Authentication-Results as a
// service's own server would, and Dovecot, which keeps a mailbox for every address that mail is sent to.
//
//	school ──SMTP──▶ Postfix ──LMTP──▶ Dovecot ──IMAP──▶ the daemon, or the school's own reader
//
// Both run on free loopback ports with folders of their own under the test's temporary folder, never as the system's
// services, and are stopped by their own process ids.
package mailtest
