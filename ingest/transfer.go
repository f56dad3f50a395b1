package ingest

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// decodeTransfer undoes a part's transfer encoding, and says what was wrong with it: "", a warning or a defect.
func decodeTransfer(encoding string, data []byte) (out []byte, note string) {
	encoding, _, _ = strings.Cut(encoding, ";")
	encoding, _, _ = strings.Cut(encoding, "(")
	switch strings.ToLower(strings.Trim(encoding, `"' `)) {
	case "base64", "base-64", "b":
		return decodeBase64(data)
	case "quoted-printable", "quotedprintable", "q":
		return decodeQuoted(data), ""
	case "", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits", "none", "plain", "us-ascii", "utf-8":
		return data, ""
	case "x-uuencode", "x-uue", "uuencode", "uue":
		if _, files := uuFiles(data); len(files) > 0 {
			return files[0].data, ""
		}
	}
	return data, DefectEncoding
}

// decodeBase64 decodes each run of base64 up to its padding, and leaves out what is none. A run that ends amid a byte
// means that something is missing.
func decodeBase64(data []byte) (out []byte, note string) {
	var run []byte
	out = make([]byte, 0, len(data)*3/4)
	flush := func() {
		if len(run)%4 == 1 {
			note, run = DefectDamaged, run[:len(run)-1]
		}
		from := len(out)
		out = append(out, make([]byte, base64.RawStdEncoding.DecodedLen(len(run)))...)
		n, err := base64.RawStdEncoding.Decode(out[from:], run)
		if err != nil {
			note = DefectDamaged // the alphabet is checked below: this is never reached
		}
		out, run = out[:from+n], run[:0]
	}
	for _, c := range data {
		switch {
		case c == '=':
			if len(run) > 0 {
				flush()
			}
		case isBase64(c):
			run = append(run, c)
		case c != '\r' && c != '\n' && c != ' ' && c != '\t' && note == "":
			note = WarningBase64
		}
	}
	flush()
	return out, note
}

func isBase64(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}

// decodeQuoted decodes quoted-printable; an equals sign that begins no code stays as it is.
func decodeQuoted(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for len(data) > 0 {
		end := bytes.IndexByte(data, '\n')
		line, eol := data, ""
		if end >= 0 {
			line, data = data[:end], data[end+1:]
			if eol = "\n"; bytes.HasSuffix(line, []byte("\r")) {
				eol = "\r\n"
			}
		} else {
			data = nil
		}
		line = bytes.TrimRight(line, " \t\r")
		if bytes.HasSuffix(line, []byte("=")) {
			line, eol = line[:len(line)-1], ""
		}
		out = append(appendQuoted(out, line), eol...)
	}
	return out
}

func appendQuoted(out, line []byte) []byte {
	for i := 0; i < len(line); i++ {
		if line[i] == '=' && i+2 < len(line) {
			high, ok1 := unhex(line[i+1])
			low, ok2 := unhex(line[i+2])
			if ok1 && ok2 {
				out = append(out, high<<4|low)
				i += 2
				continue
			}
		}
		out = append(out, line[i])
	}
	return out
}

func unhex(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	}
	return 0, false
}
