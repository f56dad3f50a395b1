// Package text reads plain text, a mail's or a file's, into Documents: one cell for each line.
//
// Tabs are kept, since forms typed into mails align with them. Lines quoted with ">" are Quoted and lose the prefix;
// lines that a mail program wrapped softly (RFC 3676, format=flowed) stay as they stand, since the reader is not told
// the format. It decodes no charset: its input is UTF-8 or UTF-16 with a byte order mark, and bytes that are neither
// become U+FFFD.
package text
