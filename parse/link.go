package parse

import (
	"bytes"
	"strings"
)

// isShortcut tells the files that are nothing but the address of a document elsewhere: of Windows, of macOS, of Google's
// and Microsoft's drives.
func isShortcut(f File) bool {
	switch extension(f) {
	case ".url", ".lnk", ".webloc", ".gdoc", ".gsheet", ".gslides", ".gdraw", ".desktop", ".website":
		return true
	}
	return bytes.HasPrefix(trimmedHead(f.Data), []byte("[InternetShortcut]"))
}

// linkHead bounds how much of a text or page is looked through for links.
const linkHead = 1 << 20

// unescaped undoes what gateways and pages do to addresses that they carry within others.
var unescaped = strings.NewReplacer("%2f", "/", "%3a", ":", "&#47;", "/", "&#58;", ":", "\\/", "/")

// shares are the beginnings of addresses behind which one shared file or folder stands.
var shares = []string{
	"sharepoint.com/:", "1drv.ms/", "onedrive.live.com/", "docs.google.com/document/", "docs.google.com/spreadsheets/", "docs.google.com/file/",
	"drive.google.com/", "dropbox.com/s/", "dropbox.com/sh/", "dropbox.com/scl/", "we.tl/", "wetransfer.com/downloads/", ".box.com/s/", "icloud.com/iclouddrive", "mega.nz/file/",
}

// sharesFile tells a text or page that links to a file on somebody's drive, which is not followed: whoever sent it meant it
// to be read.
func sharesFile(data []byte) bool {
	words := unescaped.Replace(strings.ToLower(string(data[:min(len(data), linkHead)])))
	if !strings.Contains(words, "http") {
		return false
	}
	for _, s := range shares {
		if strings.Contains(words, s) {
			return true
		}
	}
	return false
}
