package container

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// The attributes of a TNEF stream that are read ([MS-OXTNEF] 2.1.3.2).
const (
	attBody           = 0x0002800C
	attMAPIProps      = 0x00069003
	attAttachRendData = 0x00069002
	attAttachTitle    = 0x00018010
	attAttachData     = 0x0006800F
	attAttachment     = 0x00069005
)

const (
	tnefSignature   = "\x78\x9F\x3E\x22"
	tnefHeader      = 6 // signature and key
	attributeHeader = 9 // level, identifier, length
	attachmentLevel = 2
)

func isTNEF(data []byte) bool { return bytes.HasPrefix(data, []byte(tnefSignature)) }

// An attribute is one piece of a TNEF stream.
type attribute struct {
	level byte
	id    uint32
	data  []byte
}

// nextAttribute reads the attribute at the front of a stream and returns what follows it. Checksums are not compared:
// mail gateways rewrite streams without mending them.
func nextAttribute(data []byte) (a attribute, rest []byte, ok bool) {
	if len(data) < attributeHeader {
		return attribute{}, nil, false
	}
	size := uint64(binary.LittleEndian.Uint32(data[5:]))
	if size > uint64(len(data)-attributeHeader) {
		return attribute{}, nil, false
	}
	a = attribute{level: data[0], id: binary.LittleEndian.Uint32(data[1:]), data: data[attributeHeader : attributeHeader+size]}
	rest = data[attributeHeader+size:]
	return a, rest[min(2, len(rest)):], true
}

// openTNEF returns the attachments of a TNEF stream after the text of its message.
func openTNEF(data []byte) ([]File, error) {
	if len(data) < tnefHeader {
		return nil, broken("opening winmail.dat: cut short")
	}
	var m tnefMessage
	rest := data[tnefHeader:]
	for len(bytes.Trim(rest, "\x00")) > 0 {
		a, after, ok := nextAttribute(rest)
		if !ok {
			return nil, broken("opening winmail.dat: attribute cut short")
		}
		if err := m.take(a); err != nil {
			return nil, err
		}
		rest = after
	}
	return m.files()
}

// A tnefMessage gathers what a TNEF stream holds.
type tnefMessage struct {
	plain, html, rtf []byte
	attachments      []tnefAttachment
}

type tnefAttachment struct {
	title, long string // the short name, and the MAPI one that replaces it
	data        []byte
	object      bool // an embedded message or OLE object
}

func (m *tnefMessage) take(a attribute) error {
	if a.level == attachmentLevel {
		return m.takeAttachment(a)
	}
	switch a.id {
	case attBody:
		m.plain = decodeANSI(a.data)
	case attMAPIProps:
		return m.takeProperties(a.data)
	}
	return nil
}

func (m *tnefMessage) takeProperties(data []byte) error {
	props, err := readProperties(data)
	if err != nil {
		return err
	}
	for _, p := range props {
		switch p.id {
		case propBody:
			m.plain = []byte(p.text())
		case propHTML:
			m.html = inUTF8(p.data)
			if p.isText() {
				m.html = []byte(p.text())
			}
		case propRTF:
			if m.rtf, err = decompressRTF(p.data); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *tnefMessage) takeAttachment(a attribute) error {
	if a.id == attAttachRendData {
		if len(m.attachments) == MaxFiles {
			return tooLarge("opening winmail.dat: over %d files", MaxFiles)
		}
		m.attachments = append(m.attachments, tnefAttachment{})
		return nil
	}
	if len(m.attachments) == 0 {
		return broken("opening winmail.dat: attachment without a beginning")
	}
	last := &m.attachments[len(m.attachments)-1]
	switch a.id {
	case attAttachTitle:
		last.title = string(decodeANSI(a.data))
	case attAttachData:
		last.data = a.data
	case attAttachment:
		return last.takeProperties(a.data)
	}
	return nil
}

func (t *tnefAttachment) takeProperties(data []byte) error {
	props, err := readProperties(data)
	if err != nil {
		return err
	}
	for _, p := range props {
		switch p.id {
		case propLongName:
			t.long = p.text()
		case propDisplayName:
			if t.title == "" {
				t.title = p.text()
			}
		case propAttachData:
			t.takeObject(p)
		}
	}
	return nil
}

// takeObject keeps data that stands in the properties: a message within the message begins with the identifier of its
// interface and is a TNEF stream again.
func (t *tnefAttachment) takeObject(p property) {
	data := p.data
	if p.kind == kindObject && len(data) >= guidSize {
		data, t.object = data[guidSize:], true
	}
	if len(t.data) == 0 {
		t.data = data
	}
}

// files returns the message's text, the richest of its forms, and its attachments.
func (m *tnefMessage) files() ([]File, error) {
	var out []File
	switch {
	case len(m.html) > 0:
		out = append(out, File{Name: "message.html", Body: true, Data: m.html})
	case len(m.rtf) > 0:
		out = append(out, File{Name: "message.rtf", Body: true, Data: m.rtf})
	case len(bytes.TrimSpace(m.plain)) > 0:
		out = append(out, File{Name: "message.txt", Body: true, Data: m.plain})
	}
	for _, t := range m.attachments {
		name := baseName(t.long)
		if name == "" {
			name = baseName(t.title)
		}
		out = append(out, File{Name: name, Data: t.data})
	}
	return out, nil
}

// inUTF8 returns a text as UTF-8: as it is, or from Windows-1252 where it can be no UTF-8.
func inUTF8(data []byte) []byte {
	if utf8.Valid(data) {
		return data
	}
	return decodeANSI(data)
}

// decodeANSI returns a text of one byte a letter as UTF-8, without the zero at its end. Streams written on British and
// other western machines are in Windows-1252.
func decodeANSI(data []byte) []byte {
	data = bytes.TrimRight(data, "\x00")
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return []byte(strings.ToValidUTF8(string(data), "?"))
	}
	return out
}
