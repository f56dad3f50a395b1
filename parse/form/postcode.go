package form

import (
	"regexp"
	"strings"
)

var (
	postcodeExact = regexp.MustCompile(`(?i)\b([A-Z]{1,2}[0-9][0-9A-Z]?)[ \t\x{00a0}]*([0-9][ABD-HJLNP-UW-Z]{2})\b`)
	postcodeGlued = regexp.MustCompile(`[a-z.]([A-Z]{1,2}[0-9][0-9A-Z]?)[ \t\x{00a0}]?([0-9][ABD-HJLNP-UW-Z]{2})\b`)
	postcodeLoose = regexp.MustCompile(`(?i)\b([A-Z0]{1,2}[0-9OIL][0-9A-Z]?)[ \t\x{00a0}]*([0-9OIL][A-Z0]{2})\b`)
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
	for _, m := range postcodeLoose.FindAllStringSubmatch(text, -1) {
		if repaired := repairPostcode(strings.ToUpper(m[1]), strings.ToUpper(m[2])); repaired != "" {
			return repaired
		}
	}
	return ""
}

var (
	asDigits  = strings.NewReplacer("O", "0", "I", "1", "L", "1")
	asLetters = strings.NewReplacer("0", "O", "1", "I")
)

func repairPostcode(out, in string) string {
	in = asDigits.Replace(in[:1]) + asLetters.Replace(in[1:])
	for area := 1; area <= 2 && area < len(out); area++ {
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
