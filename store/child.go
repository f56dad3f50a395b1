package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// childKey returns the blind index of a child; "" where the name or the birth date is not known, for nobody is known by
// half of it.
func (t *tx) childKey(name, birth string) (string, error) {
	name, birth = foldName(name), strings.TrimSpace(birth)
	if name == "" || birth == "" {
		return "", nil
	}
	return t.vault.Index("child", name+"|"+birth)
}

// foldName brings a name into the shape in which it is indexed: its words in lower case without accents, apostrophes and
// titles, in the order of the alphabet, since forms give surnames first or last.
func foldName(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == 'ʼ', r == '`':
		case unicode.IsLetter(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	if len(words) > 2 && slices.Contains([]string{"master", "miss", "mr", "ms"}, words[0]) {
		words = words[1:]
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

// KnownChildren returns the references of the cases about a child with this name and birth date, oldest first, but for
// those of one message. The birth date is as the reading gives it ("2013-03-14").
func (db *DB) KnownChildren(ctx context.Context, name, birth string, exceptMessage int64) (out []string, err error) {
	err = db.read(ctx, func(t *tx) error {
		key, err := t.childKey(name, birth)
		if err != nil || key == "" {
			return err
		}
		return t.list(&out, `SELECT reference FROM cases WHERE child_key = ? AND child_key <> '' AND message <> ? ORDER BY id`, key, exceptMessage)
	})
	if err != nil {
		return nil, fmt.Errorf("asking whether a child is known: %w", err)
	}
	return out, nil
}
