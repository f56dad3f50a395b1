package document

import "testing"

// TestInked holds what colours of letters tell a reader: those that set words off, the greys of hints, and all that is as
// good as black.
func TestInked(t *testing.T) {
	for colour, want := range map[string]Style{
		"FF0000": Coloured, "#C00000": Coloured, "00b050": Coloured, "0000FF": Coloured, "#000080": Coloured, "ED7D31": Coloured,
		"808080": Faint, "#A6A6A6": Faint, "BFBFBF": Faint,
		"000000": 0, "auto": 0, "": 0, "#404040": 0, "1F1F2F": 0, "FFFFFF": 0, "FFF": 0, "windowtext": 0,
	} {
		if got := (Bold | Coloured).InkedHex(colour); got != Bold|want {
			t.Errorf("%q is %b, not %b", colour, got, Bold|want)
		}
	}
}
