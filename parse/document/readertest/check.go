package readertest

import (
	"bytes"
	"errors"
	"reflect"
	"runtime/metrics"
	"testing"
	"time"
	"unicode"

	"referrald/parse/document"
)

// Bounds of reading the small files that a fuzzer makes. They are wide, since machines differ and are shared; what a
// hostile file asks for is wider.
const (
	longest = 20 * time.Second
	fixed   = 256 << 20 // bytes that any file may cost
	each    = 20_000    // bytes that each of its bytes may cost
)

// Check reads data twice and fails where a property is hurt. Source is what the bytes say once their encoding is undone:
// the runes of every token must stand in it in their order. Where source is "" that is not looked at.
func Check(t *testing.T, data []byte, read func([]byte) (*document.Document, error), source string) {
	t.Helper()
	d, err := Twice(t, data, read)
	Closed(t, err)
	if err == nil && d == nil {
		t.Fatal("neither a document nor an error")
	}
	if d != nil && source != "" {
		stands(t, d, []rune(source))
	}
}

// Twice takes foreign bytes apart twice, into whatever read makes of them, and returns that. It fails where this costs more
// than its bounds, where the two answers differ, and where an error comes with an answer.
func Twice[T any](t *testing.T, data []byte, read func([]byte) (T, error)) (T, error) {
	t.Helper()
	began, cost := time.Now(), allocated()
	first, err := read(bytes.Clone(data))
	if took := time.Since(began); took > longest {
		t.Fatalf("reading %d bytes took %v", len(data), took)
	}
	if spent := allocated() - cost; spent > fixed+each*uint64(len(data)) {
		t.Fatalf("reading %d bytes cost %d", len(data), spent)
	}
	second, again := read(bytes.Clone(data))
	switch {
	case (err == nil) != (again == nil):
		t.Fatalf("an error once: %v, %v", err, again)
	case err != nil && !reflect.ValueOf(&first).Elem().IsZero():
		t.Fatalf("an answer with the error %v", err)
	case !reflect.DeepEqual(first, second):
		t.Fatalf("two readings differ:\n%+v\n%+v", first, second)
	}
	return first, err
}

// Closed fails where an error is not one of the closed list that staff see.
func Closed(t *testing.T, err error) {
	t.Helper()
	var u *document.Unreadable
	if err != nil && (!errors.As(err, &u) || u.Why.Sentence() == "") {
		t.Fatalf("the error is none for staff: %v", err)
	}
}

func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// stands fails where a token holds letters or digits that do not stand in the source in their order. Marks have glyphs of
// their own.
func stands(t *testing.T, d *document.Document, source []rune) {
	t.Helper()
	for _, c := range d.Cells {
		for _, l := range c.Lines {
			for _, k := range l.Tokens {
				if k.Mark == document.NoMark && !inOrder(k.Text, source) {
					t.Fatalf("%q stands nowhere in the file", k.Text)
				}
			}
		}
	}
}

func inOrder(text string, source []rune) bool {
	at := 0
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		for at < len(source) && source[at] != r {
			at++
		}
		if at == len(source) {
			return false
		}
		at++
	}
	return true
}
