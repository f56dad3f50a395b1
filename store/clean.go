package store

import (
	"strings"
)

// clean makes a text that both engines take: PostgreSQL refuses NUL and bytes that are no UTF-8. Every text argument of
// every statement passes through it (tx.args), and no other place has to think of it.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
