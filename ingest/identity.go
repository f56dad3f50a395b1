package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// identify computes what tells the same message delivered again from another. Headers and the way parts are wrapped may be
// rewritten on redelivery; a Message-ID alone is no identity, since careless machines reuse theirs.
func (m *Message) identify(hashes []string) {
	m.PartHashes = hashes
	sorted := slices.Sorted(slices.Values(hashes))
	sum := sha256.Sum256([]byte(m.ID + "\n" + m.From + "\n" + strings.Join(sorted, "\n")))
	m.Identity = hex.EncodeToString(sum[:])
}

// hashOf hashes a leaf, a text without what relays change: line ends and blanks at the ends of lines.
func hashOf(data []byte, text bool) string {
	if text {
		var b bytes.Buffer
		for line := range bytes.SplitSeq(bytes.TrimSpace(data), []byte("\n")) {
			b.Write(bytes.TrimRight(line, " \t\r"))
			b.WriteByte('\n')
		}
		data = b.Bytes()
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
