package container

import (
	"bytes"
	"slices"
	"strings"

	"github.com/richardlehane/mscfb"

	"referrald/parse/part"
)

// The streams of a message that Outlook saved as a file are named by property and kind ([MS-OXMSG] 2.1.3).
const (
	streamPrefix     = "__substg1.0_"
	attachmentPrefix = "__attach_version1.0_"
	versionStream    = "__properties_version1.0"
)

// isMSG tells a saved message from the other users of compound files by the name of a stream that each has.
func isMSG(data []byte) bool { return part.HasStream(data, versionStream) }

// openMSG returns the attachments of a saved message after its text. A message attached to it in turn cannot be taken out
// as a file of its own; its attachments stand with the others, and its text too.
func openMSG(data []byte) (files []File, err error) {
	defer func() {
		// The library of compound files slices by the numbers that a file gives; a panic is a broken file.
		if recover() != nil {
			files, err = nil, broken("opening msg: panic")
		}
	}()
	c, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, broken("opening msg: %w", err)
	}
	left := int64(len(data))
	m := savedMessage{parts: map[string]*savedPart{}}
	for _, f := range c.File {
		property, ok := strings.CutPrefix(f.Name, streamPrefix)
		if !ok || !isWanted(property) || f.Size <= 0 {
			continue
		}
		content, err := readStream(f, &left)
		if err != nil {
			return nil, err
		}
		m.take(f.Path, property, content)
	}
	return m.files()
}

// isWanted tells the properties that are read, each followed by its kind in hexadecimal digits.
func isWanted(property string) bool {
	switch property {
	case "1000001F", "1000001E", "10130102", "1013001F", "10090102", "37010102", "3707001F", "3707001E", "3704001F", "3704001E":
		return true
	}
	return false
}

// A savedMessage gathers the parts of a message file by the folder that holds them.
type savedMessage struct {
	order []string
	parts map[string]*savedPart
}

// A savedPart is an attachment, or a message's own text.
type savedPart struct {
	attachment bool
	values     map[string][]byte
}

func (m *savedMessage) take(path []string, property string, content []byte) {
	key := strings.Join(path, "/")
	p := m.parts[key]
	if p == nil {
		p = &savedPart{values: map[string][]byte{}}
		p.attachment = len(path) > 0 && strings.HasPrefix(path[len(path)-1], attachmentPrefix)
		m.parts[key] = p
		m.order = append(m.order, key)
	}
	p.values[property] = content
}

func (m *savedMessage) files() ([]File, error) {
	if len(m.order) > 2*MaxFiles {
		return nil, tooLarge("opening msg: over %d parts", 2*MaxFiles)
	}
	var bodies, attachments []File
	for _, key := range m.order {
		p := m.parts[key]
		switch {
		case !p.attachment:
			body, err := p.body()
			if err != nil {
				return nil, err
			}
			bodies = append(bodies, body...)
		case p.values["37010102"] != nil:
			attachments = append(attachments, File{Name: p.name(), Data: p.values["37010102"]})
		case !m.holdsMessage(key): // it was left on a drive, or is an object of another program: a file without bytes is unreadable
			attachments = append(attachments, File{Name: p.name()})
		}
	}
	if len(bodies)+len(attachments) > MaxFiles {
		return nil, tooLarge("opening msg: over %d files", MaxFiles)
	}
	return append(bodies, attachments...), nil
}

// holdsMessage tells whether what is attached is a message, whose parts stand with the others.
func (m *savedMessage) holdsMessage(attachment string) bool {
	return slices.ContainsFunc(m.order, func(key string) bool { return strings.HasPrefix(key, attachment+"/") })
}

// body returns the text of a message, the richest of its forms.
func (p *savedPart) body() ([]File, error) {
	if html := p.values["10130102"]; html != nil {
		return []File{{Name: "message.html", Body: true, Data: inUTF8(html)}}, nil
	}
	if html := p.text("1013"); html != "" {
		return []File{{Name: "message.html", Body: true, Data: []byte(html)}}, nil
	}
	if plain := strings.TrimSpace(p.text("1000")); plain != "" {
		return []File{{Name: "message.txt", Body: true, Data: []byte(plain)}}, nil
	}
	rtf, err := decompressRTF(p.values["10090102"])
	if err != nil || len(rtf) == 0 {
		return nil, err
	}
	return []File{{Name: "message.rtf", Body: true, Data: rtf}}, nil
}

func (p *savedPart) name() string {
	if long := baseName(p.text("3707")); long != "" {
		return long
	}
	return baseName(p.text("3704"))
}

// text returns a property as text, of either kind.
func (p *savedPart) text(id string) string {
	if wide := p.values[id+"001F"]; wide != nil {
		return property{kind: kindUnicode, data: wide}.text()
	}
	return string(decodeANSI(p.values[id+"001E"]))
}
