package pdf

import (
	"bytes"
	"compress/lzw"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"errors"
	"io"

	tiff "golang.org/x/image/tiff/lzw"
)

var errFilter = errors.New("a stream is packed in a way that is not read")

// A filter is one way in which a stream is packed, with its parameters (ISO 32000-1, 7.4).
type filter struct {
	name  string
	parms node
}

// filtersOf returns the filters of a stream in the order in which they are to be undone.
func filtersOf(head *node) []filter {
	names, parms := head.key("Filter"), head.key("DecodeParms")
	switch names.kind {
	case name:
		if parms.kind == list && len(parms.items) > 0 {
			parms = parms.items[0]
		}
		return []filter{{string(names.bytes), parms}}
	case list:
		out := make([]filter, len(names.items))
		for i, n := range names.items {
			out[i].name = string(n.bytes)
			if i < len(parms.items) && parms.kind == list {
				out[i].parms = parms.items[i]
			}
		}
		return out
	}
	return nil
}

// plainEnough tells whether the object library undoes the filters itself.
func plainEnough(fs []filter, data []byte) bool {
	for i, f := range fs {
		p := f.parms.key("Predictor")
		if f.name != "FlateDecode" || p.kind != nothing && p.number != 12 || i == 0 && !deflates(data) {
			return false
		}
	}
	return true
}

// deflates tells whether data begin as zlib has it (RFC 1950, 2.2).
func deflates(data []byte) bool {
	return len(data) == 0 || len(data) > 1 && data[0]&15 == 8 && (int(data[0])<<8|int(data[1]))%31 == 0
}

// unpacked undoes filters, cut at a limit. What breaks off gives what could be had beside the error.
func unpacked(data []byte, fs []filter, limit int64) ([]byte, error) {
	var broken error
	for _, f := range fs {
		r, err := f.undo(data)
		if err != nil {
			return nil, err
		}
		out, err := io.ReadAll(io.LimitReader(r, limit))
		if err != nil {
			broken = errors.Join(errFilter, err)
		}
		if data, err = f.unpredict(out); err != nil {
			return nil, err
		}
	}
	return data, broken
}

// undo returns a reader of the data without the filter, predictors aside.
func (f filter) undo(data []byte) (io.Reader, error) {
	switch f.name {
	case "FlateDecode", "Fl":
		return zlib.NewReader(bytes.NewReader(data))
	case "LZWDecode", "LZW":
		if early := f.parms.key("EarlyChange"); early.kind == number && early.value == 0 {
			return lzw.NewReader(bytes.NewReader(data), lzw.MSB, 8), nil
		}
		return tiff.NewReader(bytes.NewReader(data), tiff.MSB, 8), nil // TIFF's is the one that changes early
	case "ASCIIHexDecode", "AHx":
		return unhexed(data), nil
	case "ASCII85Decode", "A85":
		return unarmoured(data), nil
	case "RunLengthDecode", "RL":
		return bytes.NewReader(runs(data)), nil
	case "Crypt": // undone with the encryption
		return bytes.NewReader(data), nil
	}
	return nil, errFilter
}

// unhexed reads hexadecimal digits up to ">".
func unhexed(data []byte) io.Reader {
	digits := make([]byte, 0, len(data))
	for _, c := range data {
		if c == '>' {
			break
		}
		if hexDigit(c) >= 0 {
			digits = append(digits, c)
		}
	}
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	return hex.NewDecoder(bytes.NewReader(digits))
}

// unarmoured reads base 85 up to "~>".
func unarmoured(data []byte) io.Reader {
	if end := bytes.IndexByte(data, '~'); end >= 0 {
		data = data[:end]
	}
	return ascii85.NewDecoder(bytes.NewReader(data))
}

// runs undoes run lengths (ISO 32000-1, 7.4.5): each byte may grow to 64.
func runs(data []byte) []byte {
	var out []byte
	for i := 0; i < len(data) && data[i] != 128 && len(out) < maxStream; {
		n := int(data[i])
		if n < 128 {
			out = append(out, data[i+1:min(len(data), i+2+n)]...)
			i += 2 + n
			continue
		}
		if i+1 < len(data) {
			out = append(out, bytes.Repeat(data[i+1:i+2], 257-n)...)
		}
		i += 2
	}
	return out
}

// unpredict undoes the predictor of a Flate or LZW filter (ISO 32000-1, 7.4.4.4).
func (f filter) unpredict(data []byte) ([]byte, error) {
	kind := f.parms.key("Predictor").number
	if kind <= 1 {
		return data, nil
	}
	colours, bits, columns := f.parameter("Colors", 1), f.parameter("BitsPerComponent", 8), f.parameter("Columns", 1)
	if colours*bits > 256 || columns > 1<<20 {
		return nil, errFilter
	}
	pixel, line := (colours*bits+7)/8, (colours*bits*columns+7)/8
	switch {
	case kind >= 10:
		return unpng(data, pixel, line), nil
	case bits == 8:
		for i := range data {
			if i%line >= pixel {
				data[i] += data[i-pixel]
			}
		}
		return data, nil
	}
	return nil, errFilter
}

func (f filter) parameter(key string, fallback int) int {
	if n := f.parms.key(key); n.kind == number && n.number > 0 {
		return n.number
	}
	return fallback
}

// unpng undoes the predictors of PNG, which each line names in its first byte.
func unpng(data []byte, pixel, line int) []byte {
	out := make([]byte, 0, len(data))
	above := make([]byte, line)
	for len(data) > 1 {
		kind := data[0]
		row := append([]byte(nil), data[1:min(len(data), line+1)]...)
		data = data[len(row)+1:]
		for i := range row {
			left, corner := byte(0), byte(0)
			if i >= pixel {
				left, corner = row[i-pixel], above[i-pixel]
			}
			row[i] += predicted(kind, left, above[i], corner)
		}
		copy(above, row)
		out = append(out, row...)
	}
	return out
}

// predicted returns what a byte is expected to be (PNG specification, clause 9).
func predicted(kind, left, above, corner byte) byte {
	switch kind {
	case 1:
		return left
	case 2:
		return above
	case 3:
		return byte((int(left) + int(above)) / 2)
	case 4:
		return paeth(int(left), int(above), int(corner))
	}
	return 0
}

func paeth(left, above, corner int) byte {
	guess := left + above - corner
	a, b, c := distance(guess, left), distance(guess, above), distance(guess, corner)
	switch {
	case a <= b && a <= c:
		return byte(left)
	case b <= c:
		return byte(above)
	}
	return byte(corner)
}

func distance(a, b int) int { return max(a-b, b-a) }
