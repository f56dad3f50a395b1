package ingest

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
)

// bracketed finds addresses in brackets, bare finds addresses anywhere, where a field is too odd for the parser.
var (
	bracketed = regexp.MustCompile(`<\s*([^<>@\s]+@[^<>@\s]+?)\s*>`)
	bare      = regexp.MustCompile(`[^\s<>()\[\],;:"'@]+@[A-Za-z0-9.-]+[A-Za-z0-9]`)
)

// addresses returns the different addresses of the fields, lower case, in their order. Display names never count.
func addresses(fields []string) []string {
	var out []string
	for _, field := range fields {
		for _, a := range addressesOf(field) {
			if a = strings.ToLower(strings.TrimSuffix(a, ".")); !slices.Contains(out, a) && len(a) <= 320 {
				out = append(out, a)
			}
		}
	}
	return out
}

func addressesOf(field string) []string {
	field = toUTF8(field)
	p := mail.AddressParser{WordDecoder: nil}
	if list, err := p.ParseList(field); err == nil {
		var out []string
		for _, a := range list {
			out = append(out, a.Address)
		}
		return out
	}
	// "Dr. Foo, Bar <a@b>" is no list by the standard; what stands in brackets is the address.
	var out []string
	for _, m := range bracketed.FindAllStringSubmatch(field, -1) {
		out = append(out, m[1])
	}
	if len(out) == 0 {
		out = bare.FindAllString(field, -1)
	}
	return out
}

// longestID bounds a Message-ID that is kept: a longer one would not fit a header's line when it is answered.
const longestID = 250

// inAngles finds Message-IDs.
var inAngles = regexp.MustCompile(`<\s*([^<>\s]+)\s*>`)

// messageIDs returns the Message-IDs of a field, without the brackets.
func messageIDs(field string) []string {
	var out []string
	for _, m := range inAngles.FindAllStringSubmatch(field, -1) {
		if id := safeID(m[1]); id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
		if len(out) == 100 {
			break
		}
	}
	return out
}

// firstID returns a message's own ID, with or without brackets.
func firstID(field string) string {
	if ids := messageIDs(field); len(ids) > 0 {
		return ids[0]
	}
	if words := strings.Fields(field); len(words) == 1 {
		return safeID(strings.Trim(words[0], "<>"))
	}
	return ""
}

// safeID refuses what is no printable ASCII or too long.
func safeID(id string) string {
	for i := range len(id) {
		if id[i] <= ' ' || id[i] >= 0x7F {
			return ""
		}
	}
	if len(id) > longestID {
		return ""
	}
	return id
}
