package part

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"referrald/parse/document"
)

// Limits of an archive. A form of two pages unpacks to some 100 KiB; whatever passes these is no form.
const (
	MaxPart    = 64 << 20  // bytes of one part, unpacked
	MaxTotal   = 128 << 20 // bytes of all parts that are read
	maxEntries = 20_000
	bombSize   = 8 << 20 // parts smaller than this may have any ratio
	bombRatio  = 300     // unpacked to packed; deflate cannot pass 1032, and XML seldom passes 60
)

// ErrAbsent means that an archive holds no part of that name.
var ErrAbsent = errors.New("part is absent")

// An Archive is an opened zip of named parts.
type Archive struct {
	files map[string]*zip.File
	left  int64
}

// Open opens a zip. Its errors are *document.Unreadable: Locked where the parts are encrypted, Broken where the bytes are
// no zip, TooLarge over the limits.
func Open(data []byte) (*Archive, error) {
	if IsCompound(data) {
		return nil, compoundError(data)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &document.Unreadable{Why: document.Broken, Cause: fmt.Errorf("opening archive: %w", err)}
	}
	if len(z.File) > maxEntries {
		return nil, tooLarge("opening archive: %d entries", len(z.File))
	}
	a := &Archive{files: make(map[string]*zip.File, len(z.File)), left: MaxTotal}
	for _, f := range z.File {
		key := fold(f.Name)
		if _, seen := a.files[key]; !seen {
			a.files[key] = f
		}
	}
	return a, nil
}

// IsCompound tells whether bytes are an OLE compound file: an old .doc, or an Office document behind a password.
func IsCompound(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
}

// IsEncrypted tells whether bytes are an Office document behind a password or under rights management: a compound file
// with the stream "EncryptedPackage" ([MS-OFFCRYPTO] 2.3.1).
func IsEncrypted(data []byte) bool {
	return HasStream(data, "EncryptedPackage")
}

// HasStream tells whether bytes are an OLE compound file in whose directory a stream of that name can stand. It looks for
// the name alone, so that it is quick and works on damaged files.
func HasStream(data []byte, ascii string) bool {
	if !IsCompound(data) {
		return false
	}
	name := make([]byte, 0, 2*len(ascii))
	for _, c := range []byte(ascii) {
		name = append(name, c, 0)
	}
	return bytes.Contains(data, name)
}

func compoundError(data []byte) error {
	if IsEncrypted(data) {
		return &document.Unreadable{Why: document.Locked, Cause: errors.New("opening archive: encrypted package")}
	}
	return &document.Unreadable{Why: document.Broken, Cause: errors.New("opening archive: compound file without package")}
}

// fold brings a part's name to one spelling: archives differ in case, slashes and a leading slash.
func fold(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// Has tells whether the archive holds a part of that name.
func (a *Archive) Has(name string) bool { return a.files[fold(name)] != nil }

// Names returns the names of the parts whose names begin with prefix, in no order.
func (a *Archive) Names(prefix string) []string {
	var out []string
	for name := range a.files {
		if strings.HasPrefix(name, fold(prefix)) {
			out = append(out, name)
		}
	}
	return out
}

// Size returns the claimed unpacked size of a part in bytes, and 0 where there is none.
func (a *Archive) Size(name string) uint64 {
	if f := a.files[fold(name)]; f != nil {
		return f.UncompressedSize64
	}
	return 0
}

// Read returns a part's bytes: ErrAbsent where there is none of that name, else a *document.Unreadable.
func (a *Archive) Read(name string) ([]byte, error) {
	f := a.files[fold(name)]
	if f == nil {
		return nil, ErrAbsent
	}
	if f.Flags&1 != 0 {
		return nil, &document.Unreadable{Why: document.Locked, Cause: fmt.Errorf("reading part %q: encrypted", name)}
	}
	if isBomb(f) || int64(f.UncompressedSize64) > a.left {
		return nil, tooLarge("reading part %q: %d bytes", name, f.UncompressedSize64)
	}
	data, err := unpack(f, min(a.left, MaxPart))
	a.left -= int64(len(data))
	if err != nil {
		return nil, fmt.Errorf("reading part %q: %w", name, err)
	}
	return data, nil
}

func isBomb(f *zip.File) bool {
	size := f.UncompressedSize64
	return size > MaxPart || size > bombSize && size/bombRatio > f.CompressedSize64
}

func unpack(f *zip.File, limit int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, &document.Unreadable{Why: document.Broken, Cause: err}
	}
	defer r.Close()
	var buf bytes.Buffer
	// The claimed size is the file's word; a small first buffer is all that it is trusted for.
	buf.Grow(int(min(f.UncompressedSize64+bytes.MinRead, 1<<20)))
	n, err := buf.ReadFrom(io.LimitReader(r, limit+1))
	if n > limit {
		return nil, tooLarge("unpacking: over %d bytes", limit)
	}
	if err != nil {
		return nil, &document.Unreadable{Why: document.Broken, Cause: err}
	}
	return buf.Bytes(), nil
}

func tooLarge(format string, args ...any) error {
	return &document.Unreadable{Why: document.TooLarge, Cause: fmt.Errorf(format, args...)}
}
