package container

import (
	"strings"
	"testing"
)

func TestEnvelope(t *testing.T) {
	page := func(body string) string {
		return "<html><head><title>x</title><style>p{}</style></head><body>" + body + "</body></html>"
	}
	for name, c := range map[string]struct {
		file, media, data string
		want              bool
	}{
		"s/mime":          {"smime.p7m", "application/octet-stream", "\x30\x82", true},
		"s/mime by type":  {"", `application/pkcs7-mime; smime-type=enveloped-data`, "x", true},
		"s/mime by bytes": {"a.bin", "", "\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03" + strings.Repeat("\x00", 40), true},
		"signature":       {"smime.p7s", "application/pkcs7-signature", "\x30\x82\x01\x00\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02" + strings.Repeat("\x00", 40), false},
		"pgp":             {"encrypted.asc", "application/octet-stream", "-----BEGIN PGP MESSAGE-----\n", true},
		"rpmsg":           {"x", "", rpmsgHeader + "rest", true},
		"purview page":    {"message.html", "text/html", page(`<p>Protected</p><form action="https://outlook.example/Encryption/retrieve"><input name="rpmsg">`), true},
		"proofpoint page": {"SecureMessageAtt.html", "text/html", page("<p>This is a secure, encrypted message.</p><button>Click to read message</button>"), true},
		"purview body":    {"", "text/html", page("<p>Ada Quill (a@b.example) has sent you a protected message.</p><a>Read the message</a><p>Learn about messages protected by Microsoft Purview Message Encryption.</p>"), true},
		"egress body":     {"", "text/plain", "This email has been sent to you securely using Egress.\r\n\r\nTo read the secure\r\nmessage, please open the link below:", true},
		"person's body":   {"", "text/plain", "Hi, as discussed I have attached the form. I sent it securely last week but you could not open the link.", false},
		"long letter":     {"", "text/plain", strings.Repeat("He was seen with new trainers. ", 120) + "You received a secure message. Click here.", false},
		"a page":          {"form.html", "text/html", page("<p>Name of young person: Ada</p>"), false},
		"a document":      {"form.docx", "", "PK\x03\x04\x00", false},
		"script words":    {"", "text/html", page("<script>sent you a secure message, read message</script><p>Hello</p>"), false},
		"empty":           {"", "text/plain", "", false},
	} {
		if got := Envelope(c.file, c.media, []byte(c.data)); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func FuzzEnvelope(f *testing.F) {
	f.Add("message.html", "text/html", []byte("<html><body>sent you a secure message<p>read message"))
	f.Fuzz(func(t *testing.T, name, media string, data []byte) {
		if Envelope(name, media, data) != Envelope(name, media, data) {
			t.Fatal("two answers")
		}
	})
}
