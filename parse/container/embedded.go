package container

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/richardlehane/mscfb"

	"referrald/parse/part"
)

// Embedded returns the files that stand inside a Word document as objects: what was dropped into it, and pieces of another
// format that Word shows as its own text (altChunk). Pictures and formulas are none. Its error is always a
// *document.Unreadable; a document that is no zip and no compound file has none.
func Embedded(data []byte) (files []File, err error) {
	defer func() {
		// The library of compound files slices by the numbers that a file gives; a panic is a broken file.
		if recover() != nil {
			files, err = nil, broken("opening embedded objects: panic")
		}
	}()
	switch {
	case hasZipHeader(data):
		return embeddedInZip(data)
	case part.IsCompound(data):
		return embeddedInCompound(data, isPooled)
	}
	return nil, nil
}

// embeddedInZip follows the relationships of the document and of its headers, footers and notes. A zip that cannot be opened
// has none: the reader of the document says so.
func embeddedInZip(data []byte) ([]File, error) {
	a, err := part.Open(data)
	if err != nil {
		return nil, nil
	}
	var out []File
	for _, target := range objectParts(a) {
		content, err := a.Read(target)
		if errors.Is(err, part.ErrAbsent) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("opening embedded object: %w", err)
		}
		if out, err = appendObject(out, path.Base(target), content); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// objectParts returns the names of the parts that hold files, each once, in order.
func objectParts(a *part.Archive) (names []string) {
	for _, rels := range a.Names("word/_rels/") {
		owner := "word/" + strings.TrimSuffix(path.Base(rels), ".rels")
		for _, r := range a.Relations(owner) {
			switch strings.ToLower(r.Kind) {
			case "oleobject", "package", "afchunk":
				names = append(names, r.Target)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// appendObject adds an embedded object: the files within it where it is one of Windows' wrappings, else itself.
func appendObject(out []File, name string, content []byte) ([]File, error) {
	if !part.IsCompound(content) || part.HasStream(content, "WordDocument") || isMSG(content) {
		return append(out, File{Name: baseName(name), Data: content}), nil
	}
	inner, err := embeddedInCompound(content, isWrapped)
	switch {
	case err != nil:
		return nil, err
	case len(inner) == 0 && !isOrnament(content):
		inner = []File{{Name: baseName(name), Data: content}}
	}
	if len(out)+len(inner) > MaxFiles {
		return nil, tooLarge("opening embedded objects: over %d files", MaxFiles)
	}
	return append(out, inner...), nil
}

// isOrnament tells the objects of equation editors and painting programs, which the document shows.
func isOrnament(content []byte) bool {
	return part.HasStream(content, "Equation Native") || part.HasStream(content, "Ole10Native")
}

// isPooled tells the storages of the objects of an old Word document ([MS-DOC] 2.1.6).
func isPooled(path []string) bool { return len(path) >= 2 && path[0] == "ObjectPool" }

func isWrapped([]string) bool { return true }

// embeddedInCompound returns the files that the storages of a compound file wrap: a file of any kind
// ([MS-OLEDS] 2.3.6), an Office document, a PDF.
func embeddedInCompound(data []byte, wanted func(path []string) bool) ([]File, error) {
	c, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, broken("opening compound file: %w", err)
	}
	var out []File
	left := int64(len(data))
	for _, f := range c.File {
		name := strings.ToLower(strings.TrimLeft(f.Name, "\x01\x02\x03"))
		if !wanted(f.Path) || f.Size <= 0 || name != "ole10native" && name != "package" && name != "contents" {
			continue
		}
		content, err := readStream(f, &left)
		if err != nil {
			return nil, err
		}
		switch {
		case len(out) == MaxFiles:
			return nil, tooLarge("opening compound file: over %d files", MaxFiles)
		case name == "ole10native" && !isBitmap(content):
			g, ok := nativeFile(content)
			if !ok {
				g = File{Name: "object", Data: content}
			}
			out = append(out, g)
		case name == "package", bytes.HasPrefix(content, []byte("%PDF-")):
			out = append(out, File{Name: "object", Data: content})
		}
	}
	return out, nil
}

// readStream reads one stream of a compound file, of whose bytes so many are left: in an honest file all streams together
// are shorter than the file, and in a hostile one a thousand of them may be the same megabytes.
func readStream(f *mscfb.File, left *int64) ([]byte, error) {
	if *left -= f.Size; *left < 0 {
		return nil, broken("opening compound file: streams longer than the file")
	}
	content := make([]byte, f.Size)
	if _, err := io.ReadFull(f, content); err != nil {
		return nil, broken("opening compound file: %w", err)
	}
	return content, nil
}

// isBitmap tells the picture of a painting program, which the document shows.
func isBitmap(native []byte) bool { return len(native) > 6 && string(native[4:6]) == "BM" }

// nativeFile reads the wrapping of a file that was dropped into a document: its size, two bytes, its label and its path,
// eight bytes and the path again, then the file itself behind its size.
func nativeFile(data []byte) (File, bool) {
	if len(data) < 6 {
		return File{}, false
	}
	label, rest, ok := bytes.Cut(data[6:], []byte{0})
	if !ok {
		return File{}, false
	}
	_, rest, ok = bytes.Cut(rest, []byte{0})
	if !ok || len(rest) < 8 {
		return File{}, false
	}
	again := uint64(binary.LittleEndian.Uint32(rest[4:]))
	rest = rest[8:]
	if again > uint64(len(rest)) || uint64(len(rest))-again < 4 {
		return File{}, false
	}
	rest = rest[again:]
	size := uint64(binary.LittleEndian.Uint32(rest))
	if size > uint64(len(rest)-4) {
		return File{}, false
	}
	return File{Name: baseName(string(decodeANSI(label))), Data: rest[4 : 4+size]}, true
}
