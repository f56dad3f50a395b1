package pdf

import "bytes"

// headerSlack is how many bytes may stand before the header; mail gateways and old web forms put some there.
const headerSlack = 4096

// headed returns the file from its header on, and false for bytes that are no PDF file.
func headed(data []byte) ([]byte, bool) {
	at := bytes.Index(data[:min(len(data), headerSlack)], []byte("%PDF-"))
	if at < 0 || len(data)-at < 32 {
		return nil, false
	}
	return data[at:], true
}
