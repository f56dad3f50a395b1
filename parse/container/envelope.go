package container

import (
	"bytes"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// Envelope tells whether a part is no message itself but the wrapping of one, which only a secure-mail service, a key or
// a right opens: S/MIME and PGP by their media types and bytes, Microsoft Purview (.rpmsg and its page), and by their
// pages Egress, Proofpoint, Cisco, Zix, Mimecast, Barracuda, Virtru and whoever writes the same sentences. A detached
// signature is none. A name is empty for a body; bodies must say it in so many words, since people write about such
// services too.
func Envelope(name, mediaType string, data []byte) bool {
	mediaType, _, _ = strings.Cut(strings.ToLower(mediaType), ";")
	switch strings.TrimSpace(mediaType) {
	case "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted", "application/x-microsoft-rpmsg-message":
		return true
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".p7m", ".rpmsg", ".switch", ".pgp", ".gpg":
		return true
	}
	if bytes.HasPrefix(data, []byte(rpmsgHeader)) || bytes.HasPrefix(bytes.TrimSpace(data[:min(len(data), 200)]), []byte("-----BEGIN PGP MESSAGE-----")) || isEnvelopedData(data) {
		return true
	}
	if len(data) > maxEnvelope || bytes.IndexByte(data, 0) >= 0 {
		return false
	}
	if name == "" || strings.HasSuffix(strings.ToLower(name), ".txt") {
		return announces(data)
	}
	return isPage(data) && (unlocks(data) || announces(data))
}

// rpmsgHeader begins a message protected by rights management ([MS-OXORMMS] 2.1.4).
const rpmsgHeader = "\x76\xE8\x04\x60\xC4\x11\xE3\x86"

// maxEnvelope is the size beyond which a page or text is more than an envelope; Cisco's and Purview's pages carry the
// sealed message inside.
const maxEnvelope = 40 << 20

// isEnvelopedData tells DER or BER whose first object is enveloped data (RFC 5652, 6.1).
func isEnvelopedData(data []byte) bool {
	if len(data) < 30 || data[0] != 0x30 {
		return false
	}
	return bytes.Contains(data[:30], []byte("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03"))
}

func isPage(data []byte) bool {
	head := bytes.ToLower(data[:min(len(data), 4096)])
	return bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<body"))
}

// unlocks tells a page by the place that it hands its sealed content to, in the markup that nobody sees.
func unlocks(data []byte) bool {
	page := strings.ToLower(string(data))
	for _, mark := range [...]string{
		`name="rpmsg"`, "name='rpmsg'", "encryption/retrieve", "outlook.office365.com/encryption", "securedoc", "res.cisco.com",
		"securereader", "formpostdir/safeformpost", "proofpoint encryption", "zixmessagecenter", "zixcorp", "securemail.mimecast", "encrypt.barracudanetworks",
		"virtru.com/start", "egress.com/online", "switch.egress", "reader.egress", "galaxkey",
	} {
		if strings.Contains(page, mark) {
			return true
		}
	}
	return false
}

// longestNotice is the greatest length in bytes of the words of a notice; a letter of a person that mentions such a
// service among other things is longer, or does not say what announces asks for.
const longestNotice = 2500

// announces tells the notice of a secure-mail service by its words: that a protected message has come, and what to do to
// read it.
func announces(data []byte) bool {
	words := visible(data)
	if len(words) > longestNotice {
		return false
	}
	return containsAny(words, arrivals) && containsAny(words, openings)
}

// arrivals are the ways in which services say that a message has come.
var arrivals = []string{
	"sent you a protected message", "sent you an encrypted message", "sent you a secure message", "sent you an encrypted email",
	"sent you a secure email", "sent you a protected email", "sent you a confidential email", "received a protected message", "received an encrypted message",
	"received a secure message", "received an encrypted email", "received a secure email", "received a protected email", "received a confidential message",
	"sent to you securely using", "sent to you securely via", "sent securely using egress", "message is protected by", "messages protected by microsoft",
	"microsoft purview message encryption", "office 365 message encryption", "this is an encrypted message", "this is a secure message", "this is a secure, encrypted message",
	"message has been encrypted", "email has been encrypted", "a new secure message", "a new encrypted message", "registered envelope",
	"secure message is waiting", "encrypted message is waiting", "secure message waiting", "this message is encrypted", "this email is encrypted",
}

// openings are the ways in which services say how to read it.
var openings = []string{
	"read the message", "read the secure message", "read your message", "read your secure message", "read this message", "read message", "read the email", "read this email",
	"read the encrypted message", "read your encrypted message", "view the message", "view message", "view your message", "view this message", "view the secure message", "view the encrypted message", "view encrypted", "view secure", "view this email", "view the email",
	"open the message", "open message", "open the link", "open the attachment", "open the attached", "open the file", "open secure", "open your message", "open your secure message", "open this message", "click the link", "click the button",
	"click here", "click on the link", "one-time passcode", "sign in to", "create an account", "register to read", "unlock",
}

func containsAny(words string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(words, p) {
			return true
		}
	}
	return false
}

// visible returns the words of a page or text in lower case, runs of space as one.
func visible(data []byte) string {
	if !isPage(data) && !bytes.Contains(data[:min(len(data), 4096)], []byte("</")) {
		return squeeze(string(data[:min(len(data), longestText)]))
	}
	var b strings.Builder
	z := html.NewTokenizer(bytes.NewReader(data))
	unseen := 0
	for b.Len() < longestText {
		switch z.Next() {
		case html.ErrorToken:
			return squeeze(b.String())
		case html.TextToken:
			if unseen == 0 {
				b.Write(z.Text())
				b.WriteByte(' ')
			}
		case html.StartTagToken:
			if tag, _ := z.TagName(); isUnseen(tag) {
				unseen++
			}
		case html.EndTagToken:
			if tag, _ := z.TagName(); isUnseen(tag) && unseen > 0 {
				unseen--
			}
		}
	}
	return squeeze(b.String())
}

// longestText bounds the words that are looked through.
const longestText = 64 << 10

func isUnseen(tag []byte) bool {
	switch string(tag) {
	case "style", "script", "title":
		return true
	}
	return false
}

func squeeze(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.ToValidUTF8(s, " ")), " "))
}
