package msdoc

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"

	"referrald/parse/document"
)

// MaxSize is the largest file that is read, in bytes.
const MaxSize = 64 << 20

// Read reads a Word 97-2003 document. Errors are *document.Unreadable: Locked for a password, Unsupported for Word 6 and
// 95, TooLarge over MaxSize, Broken for what is no Word document.
func Read(data []byte) (doc *document.Document, err error) {
	if len(data) > MaxSize {
		return nil, &document.Unreadable{Why: document.TooLarge, Cause: errors.New("reading doc: over the limit of size")}
	}
	defer func() {
		// The library of compound files slices by the numbers that a file gives; a panic is a broken file.
		if p := recover(); p != nil {
			doc, err = nil, broken("opening compound file: panic")
		}
	}()
	s, err := openStreams(data)
	if err != nil {
		return nil, err
	}
	r, err := newReader(s)
	if err != nil {
		return nil, err
	}
	if s.objects {
		r.out.Warn(document.UnreadFiles)
	}
	return r.document(), nil
}

func broken(format string, args ...any) error {
	return &document.Unreadable{Why: document.Broken, Cause: fmt.Errorf("reading doc: "+format, args...)}
}

// streams are the parts of the compound file that hold a document (2.1).
type streams struct {
	main, table0, table1, data []byte
	objects                    bool // another document stands in it, as an object
}

// openStreams reads the streams of the root storage; those of embedded objects bear the same names.
func openStreams(data []byte) (*streams, error) {
	c, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, broken("opening compound file: %w", err)
	}
	s := &streams{}
	for _, f := range c.File {
		s.objects = s.objects || isObject(f)
		if len(f.Path) > 0 || f.Size < 0 || f.Size > int64(len(data)) {
			continue
		}
		into := s.of(f.Name)
		if into == nil || *into != nil {
			continue
		}
		// A stream cut short is read as far as it goes.
		content := make([]byte, f.Size)
		n, err := io.ReadFull(f, content)
		if n == 0 && err != nil {
			return nil, broken("reading stream: %w", err)
		}
		*into = content[:n]
	}
	if s.main == nil {
		return nil, broken("no document stream")
	}
	return s, nil
}

// isObject tells the main stream of an Office document in the pool of objects (2.1.6). Files of other kinds are taken out of
// the pool by package container.
func isObject(f *mscfb.File) bool {
	if len(f.Path) < 2 || f.Path[0] != "ObjectPool" {
		return false
	}
	switch f.Name {
	case "WordDocument", "Workbook", "Book", "PowerPoint Document":
		return true
	}
	return false
}

func (s *streams) of(name string) *[]byte {
	switch name {
	case "WordDocument":
		return &s.main
	case "0Table":
		return &s.table0
	case "1Table":
		return &s.table1
	case "Data":
		return &s.data
	}
	return nil
}
