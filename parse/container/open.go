package container

import (
	"fmt"
	"path"
	"strings"
	"unicode"

	"referrald/parse/document"
)

// Limits of one container. A mail of the usual 25 MiB holds some twenty documents.
const (
	MaxFiles  = 200       // files in one container
	MaxFile   = 64 << 20  // bytes of one file, unpacked
	MaxTotal  = 128 << 20 // bytes of all files
	bombSize  = 8 << 20   // files smaller than this may have any ratio
	bombRatio = 300       // unpacked to packed
)

// A File is one file inside a container.
type File struct {
	Name string // without its folders, safe to print
	Body bool   // the text of a message that the container holds, rather than an attachment
	Data []byte
}

// Open returns the files inside a container, in its order, and whether the bytes are one at all. Its error is always a
// *document.Unreadable: Locked where a file inside needs a password, TooLarge over the limits, Broken where the
// container is damaged or holds nothing. The name is no more than a hint for damaged bytes.
func Open(name string, data []byte) (files []File, is bool, err error) {
	switch {
	case isTNEF(data):
		files, err = openTNEF(data)
	case isZip(name, data):
		files, err = openZip(data)
	case isMSG(data):
		files, err = openMSG(data)
	default:
		return nil, false, nil
	}
	if err == nil && len(files) == 0 {
		err = broken("opening container: nothing inside")
	}
	if err != nil {
		return nil, true, err
	}
	return files, true, nil
}

// Format returns the format of a container by its bytes: document.Zip, document.TNEF, document.EML for a message that
// Outlook saved as a file, or document.Other.
func Format(data []byte) document.Format {
	switch {
	case isTNEF(data):
		return document.TNEF
	case hasZipHeader(data):
		return document.Zip
	case isMSG(data):
		return document.EML
	}
	return document.Other
}

func broken(format string, args ...any) error {
	return &document.Unreadable{Why: document.Broken, Cause: fmt.Errorf(format, args...)}
}

func tooLarge(format string, args ...any) error {
	return &document.Unreadable{Why: document.TooLarge, Cause: fmt.Errorf(format, args...)}
}

// maxName bounds a file's name in runes; file systems allow 255 bytes.
const maxName = 200

// baseName returns the last step of a path, of either kind of slash, without what cannot be printed.
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "?"))
	if runes := []rune(name); len(runes) > maxName {
		name = string(runes[:maxName])
	}
	if name == "." || name == "/" {
		return ""
	}
	return name
}
