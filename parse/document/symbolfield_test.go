package document

import "testing"

func TestSymbolField(t *testing.T) {
	for code, want := range map[string]struct {
		font   string
		symbol rune
		ok     bool
	}{
		` SYMBOL 254 \f "Wingdings" \s 12 `: {"Wingdings", 254, true},
		`symbol 0xA8 \f Wingdings`:          {"Wingdings", 0xA8, true},
		`SYMBOL 61608 \f "Wingdings 2"`:     {"Wingdings 2", 0xF0A8, true},
		`SYMBOL 254`:                        {"", 254, true},
		`SYMBOL x`:                          {"", 0, false},
		`SYMBOLIC 3`:                        {"", 0, false},
		`PAGE`:                              {"", 0, false},
	} {
		font, symbol, ok := SymbolField(code)
		if font != want.font || symbol != want.symbol || ok != want.ok {
			t.Errorf("%q: %q, %X, %v", code, font, symbol, ok)
		}
	}
}
