package form

import (
	"regexp"
	"slices"
	"strings"
)

var (
	postcodeExact = regexp.MustCompile(`(?i)\b([A-Z]{1,2}[0-9][0-9A-Z]?)[ \t\x{00a0}]*([0-9][ABD-HJLNP-UW-Z]{2})\b`)
	postcodeGlued = regexp.MustCompile(`[a-z.]([A-Z]{1,2}[0-9][0-9A-Z]?)[ \t\x{00a0}]?([0-9][ABD-HJLNP-UW-Z]{2})\b`)
	postcodeLoose = regexp.MustCompile(`(?i)\b([A-Z0]{1,2}[0-9OIL][0-9A-Z]?)[ \t\x{00a0}]*([0-9OIL][A-Z0]{2})\b`)
	postcodeWorn  = regexp.MustCompile(`(?i)(?:^|[\s,;(])([A-Z0158]{1,2}[0-9OILSBZG][0-9A-Z]?)[ \t\x{00a0}.-]*([0-9OILSBZG][A-Z01568]{2})\b`)
)

// PostcodeOf returns the last postcode in a text, upper case with one space, or "". One may stand right behind the town
// where a file has lost its line breaks ("TamworthB77 2AB"). Where none has the right grammar, O and 0, I and 1 are
// exchanged as the grammar wants.
func PostcodeOf(text string) string {
	for _, grammar := range [...]*regexp.Regexp{postcodeExact, postcodeGlued} {
		if m := grammar.FindAllStringSubmatch(text, -1); m != nil {
			last := m[len(m)-1]
			return strings.ToUpper(last[1] + " " + last[2])
		}
	}
	return repairedIn(text, postcodeLoose)
}

// WornPostcodeOf is PostcodeOf for a box that holds a postcode and for words recognised in a picture: S and 5, B and 8, Z
// and 2, G and 6 are exchanged as well.
func WornPostcodeOf(text string) string {
	if code := PostcodeOf(text); code != "" {
		return code
	}
	return repairedIn(text, postcodeWorn)
}

// repairedIn returns the last stretch of a shape that can be repaired into a postcode, or "". Letters alone are words, and
// digits alone before them the number of a house: "83 Old Forge Close".
func repairedIn(text string, shape *regexp.Regexp) string {
	for _, m := range slices.Backward(shape.FindAllStringSubmatch(text, -1)) {
		if !strings.ContainsAny(m[1]+m[2], "0123456789") || strings.Trim(m[1], "0123456789") == "" {
			continue
		}
		if repaired := repairPostcode(strings.ToUpper(m[1]), strings.ToUpper(m[2])); repaired != "" {
			return repaired
		}
	}
	return ""
}

var (
	asDigits  = strings.NewReplacer("O", "0", "I", "1", "L", "1", "S", "5", "B", "8", "Z", "2", "G", "6")
	asLetters = strings.NewReplacer("0", "O", "1", "I", "5", "S", "8", "B", "6", "G")
)

// repairPostcode returns the reading of a postcode's two halves that has the right grammar, or "": of two letters for the
// area before one, of a last character as it stands before a repaired one.
func repairPostcode(out, in string) string {
	in = asDigits.Replace(in[:1]) + asLetters.Replace(in[1:])
	for area := min(2, len(out)-1); area >= 1; area-- {
		if area == 2 && out[1] >= '2' && out[1] <= '9' && out[1] != '5' && out[1] != '8' {
			continue // a digit that no letter is taken for
		}
		tail := out[area+1:]
		for _, end := range [...]string{tail, asDigits.Replace(tail)} {
			fixed := asLetters.Replace(out[:area]) + asDigits.Replace(out[area:area+1]) + end + " " + in
			if postcodeExact.FindString(fixed) == fixed {
				return fixed
			}
		}
	}
	return ""
}
