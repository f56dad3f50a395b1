// Package notify writes and sends. It makes the letters to those who refer, the staff's digest and alerts, and hands the
// finished bytes to a mail server.
//
//	LetterFacts + Envelope ──Composer.Letter──▶ Letter{Subject, Text, HTML, Raw}
//	DigestFacts            ──Composer.Digest──▶ Mail{…, Chart}                    Raw ──Sender.Send──▶ one recipient
//
// Invariant: nothing of a message can enter a mail. What mails say is closed: sentences keyed by clause, code, outcome and
// field label (templates/sentences.toml), in templates of the operator's or the built-in ones. Facts hold codes, numbers,
// times and References; each is checked against its list. Text and HTML are two renderings of the same blocks, and so hold
// the same words.
//
// It never decides, never reads a message or a form, never forwards anything, and keeps nothing. Composing is a function of
// its arguments: the same facts and envelope give the same letter, byte for byte. Each letter begins with Emergency.
package notify
