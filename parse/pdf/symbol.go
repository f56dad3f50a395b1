package pdf

import (
	"strings"

	"referrald/parse/document"
)

// isSymbolFont tells by its name whether a font draws pictures instead of letters.
func isSymbolFont(fontName string) bool {
	lower := strings.ToLower(fontName)
	for _, kin := range [...]string{"wingding", "webding", "opensymbol", "starsymbol", "dingbat", "zadb", "mtsorts"} {
		if strings.Contains(lower, kin) {
			return true
		}
	}
	return false
}

func markOf(r rune) document.Mark {
	switch r {
	case '☐', '□', '▢', '❏', '❑', '◻', '⬜', '○', '◯', '⚪':
		return document.Unticked
	case '☑', '☒', '✓', '✔', '✗', '✘', '■', '◼', '⬛', '●', '◉', '☓', '🗹', '🗷', '✅', '✕', '✖', '⊠', '⮽', '🗸', '🗵':
		return document.Ticked
	}
	return document.NoMark
}

func symbolMark(fontName string, code rune) (document.Mark, bool) {
	c := code
	if c >= 0xF000 && c <= 0xF0FF {
		c -= 0xF000
	}
	lower := strings.ToLower(fontName)
	switch {
	case strings.Contains(lower, "zapf") || strings.Contains(lower, "dingbats") || lower == "zadb":
		switch c {
		case '3', '4', '5', '6', '7', '8', 'l', 'n', 'H':
			return document.Ticked, true
		case 'o', 'p', 'q', 'r', 'm':
			return document.Unticked, true
		}
	case strings.Contains(lower, "2"):
		switch c {
		case 0xA3, 0x2A:
			return document.Unticked, true
		case 0x52, 0x53, 0x50, 0x4F, 0x51, 0x54:
			return document.Ticked, true
		}
	case strings.Contains(lower, "wingdings"), strings.Contains(lower, "symbol"):
		switch c {
		case 0xA8, 0x6F, 0x71, 0x72, 0xA1:
			return document.Unticked, true
		case 0xFE, 0xFD, 0xFC, 0xFB, 0x6E, 0x78, 0x54:
			return document.Ticked, true
		}
	}
	return document.NoMark, false
}
