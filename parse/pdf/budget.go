package pdf

import (
	"errors"
	"io"

	object "github.com/ledongthuc/pdf"
)

// Limits of one file. They bound work that a small hostile file can ask for; honest forms stay a hundred times below.
const (
	maxPages     = 60
	maxGlyphs    = 400_000
	maxOperators = 1_500_000
	maxStream    = 32 << 20  // bytes of one stream, decoded
	maxDecoded   = 128 << 20 // bytes of all streams together, decoded
	maxForms     = 12        // Form XObjects inside each other
	maxFormRuns  = 1_500
	maxShapes    = 400_000
	maxOptions   = 100_000 // of the lists of all fields
)

// Limits of one page.
const (
	maxPageShapes = 20_000
	maxPageLines  = 40_000
)

var errBudget = errors.New("over the limits of one file")

// A budget counts what reading one file has cost so far.
type budget struct {
	glyphs, operators, shapes, forms, options int
	decoded                                   int64
	torn                                      bool // a stream broke off
}

// stream returns the decoded bytes of a stream, cut at the limits. A stream that breaks off gives what could be decoded:
// half a page is more than none. The object library panics on filters that it does not know; Read recovers.
func (b *budget) stream(v object.Value) []byte {
	if v.Kind() != object.Stream {
		return nil
	}
	left := min(maxStream, maxDecoded-b.decoded)
	if left <= 0 {
		return nil
	}
	r := v.Reader()
	data, err := io.ReadAll(io.LimitReader(r, left))
	b.torn = b.torn || err != nil
	if err != nil && len(data) == 0 {
		return nil
	}
	b.decoded += int64(len(data))
	return data
}
