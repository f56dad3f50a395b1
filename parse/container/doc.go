// Package container opens what other files travel in, zip archives, the winmail.dat of Outlook and the messages that it
// saves as files (.msg), and recognises the envelopes of secure-mail services, which only their service can open.
//
//	bytes ──Open──▶ Files      bytes ──Envelope──▶ yes or no
//
// It reads no document and decides by bytes, never by a name alone. A document that happens to be a zip (docx, odt, xlsx)
// is no container. What comes out is bounded in number, bytes and ratio; how deeply containers may stand within each other
// is the caller's to bound. It writes no file, so no name inside an archive can reach the disk.
package container
