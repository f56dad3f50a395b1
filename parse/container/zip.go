package container

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"referrald/parse/document"
)

func hasZipHeader(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")) ||
		bytes.HasPrefix(data, []byte("PK00PK\x03\x04")) // split archives of one piece
}

// isZip tells a zip that was packed by a person from a document that happens to be one. Where the directory is lost, the
// names at the front and the file's own name must do.
func isZip(name string, data []byte) bool {
	if !hasZipHeader(data) {
		return false
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return !looksPackaged(name, data)
	}
	for _, f := range z.File {
		if isPackagePart(f.Name) {
			return false
		}
	}
	return true
}

// isPackagePart tells the parts that every document of a kind has: Office Open XML (ECMA-376-2, 10.1.2.2), OpenDocument
// and EPUB, Apple's iWork, Java archives.
func isPackagePart(name string) bool {
	name = strings.TrimPrefix(name, "/")
	if folder, rest, ok := strings.Cut(name, "/"); ok && isBundle(folder) { // as Apple's mail program packs it
		name = rest
	}
	switch name {
	case "[Content_Types].xml", "mimetype", "META-INF/manifest.xml", "META-INF/MANIFEST.MF", "Index/Document.iwa", "Index.zip", "index.xml.gz", "index.apxl.gz":
		return true
	}
	return false
}

// isBundle tells the name of a document that is a folder on Apple's machines.
func isBundle(folder string) bool {
	switch strings.ToLower(path.Ext(folder)) {
	case ".pages", ".numbers", ".key":
		return true
	}
	return false
}

func looksPackaged(name string, data []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".zip":
		return false
	case ".docx", ".docm", ".dotx", ".odt", ".ott", ".xlsx", ".xlsm", ".pptx", ".ods", ".odp", ".pages", ".numbers", ".key":
		return true
	}
	head := data[:min(len(data), 4096)]
	for _, part := range [...]string{"[Content_Types].xml", "mimetypeapplication/", "word/", "xl/"} {
		if bytes.Contains(head, []byte(part)) {
			return true
		}
	}
	return false
}

func openZip(data []byte) ([]File, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, broken("opening zip: %w", err)
	}
	var files []File
	left := int64(MaxTotal)
	for _, f := range z.File {
		if isClutter(f.Name) {
			continue
		}
		if len(files) == MaxFiles {
			return nil, tooLarge("opening zip: over %d files", MaxFiles)
		}
		content, err := unpack(f, min(left, MaxFile))
		if err != nil {
			return nil, err
		}
		left -= int64(len(content))
		files = append(files, File{Name: baseName(decodedName(f)), Data: content})
	}
	return files, nil
}

// isClutter tells folders and what file managers leave in archives.
func isClutter(name string) bool {
	if strings.HasSuffix(name, "/") || strings.HasSuffix(name, `\`) || strings.HasPrefix(name, "__MACOSX/") {
		return true
	}
	switch strings.ToLower(baseName(name)) {
	case ".ds_store", "thumbs.db", "desktop.ini":
		return true
	}
	return false
}

// methodAES is the compression method that stands for AES encryption (APPNOTE 4.4.5 and the WinZip AES note).
const methodAES = 99

func unpack(f *zip.File, limit int64) ([]byte, error) {
	if f.Flags&1 != 0 || f.Method == methodAES {
		return nil, &document.Unreadable{Why: document.Locked, Cause: errors.New("opening zip: encrypted file")}
	}
	if size := f.UncompressedSize64; size > uint64(limit) || size > bombSize && size/bombRatio > f.CompressedSize64 {
		return nil, tooLarge("opening zip: file of %d bytes", size)
	}
	r, err := f.Open()
	if err != nil {
		return nil, broken("opening zip: %w", err)
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case int64(len(content)) > limit:
		return nil, tooLarge("opening zip: file over %d bytes", limit)
	case err != nil:
		return nil, broken("opening zip: %w", err)
	}
	return content, nil
}

// decodedName returns a file's name as text: without the flag for UTF-8 it is in the code page of MS-DOS (APPNOTE,
// Appendix D), though many programs write UTF-8 all the same.
func decodedName(f *zip.File) string {
	if !f.NonUTF8 || utf8.ValidString(f.Name) {
		return f.Name
	}
	name, err := charmap.CodePage437.NewDecoder().String(f.Name)
	if err != nil {
		return f.Name // baseName replaces what is no text
	}
	return name
}
