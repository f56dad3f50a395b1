package prose

import (
	"unicode"
	"unicode/utf8"
)

// A gap says what stands between a word and the word before it.
type gap uint8

const (
	gapNone gap = iota
	gapComma
	gapBracket
	gapColon
	gapDash
	gapTab
	gapSemicolon
	gapSentence
)

// Shapes of a word beyond its letters.
const (
	shapeNumber uint8 = 1 << iota // begins with a digit
	shapeName                     // unknown and written with a capital
)

// A word is one normalised word of a passage: its place in the text, its number in the lexicon (0: unknown) and what
// stood before it.
type word struct {
	start, end int32
	id         uint16
	shape      uint8
	before     gap
	asked      bool // a question mark stood between this word and the one before
}

// A splitter cuts a text into words. It keeps its buffers from one passage to the next.
type splitter struct {
	lex   *Lexicon
	words []word
	buf   []byte
	gap   gap
	asked bool
}

// split reads text into words. Case, apostrophes and the kind of hyphen make no difference: "can't" is "cant",
// "self-harm" is two words, "we've" is "we have".
func (s *splitter) split(text string) []word {
	s.words, s.gap, s.asked = s.words[:0], gapSentence, false
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			i = s.word(text, i)
			continue
		}
		s.mark(text, i, r, n)
		i += n
	}
	return s.words
}

// word reads the word that begins at i and returns the place after it.
func (s *splitter) word(text string, i int) int {
	start, suffix := i, -1
	s.buf = s.buf[:0]
	first, _ := utf8.DecodeRuneInString(text[i:])
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			s.buf = utf8.AppendRune(s.buf, unicode.ToLower(r))
		case apostrophe(r) && letterAt(text, i+n):
			suffix = len(s.buf)
		case unicode.Is(unicode.Mn, r): // a combining accent of a decomposed text
		case r == ':' && unicode.IsDigit(first) && digitAt(text, i+n):
			s.buf = append(s.buf, ':')
		default:
			s.add(start, i, first, suffix)
			return i
		}
		i += n
	}
	s.add(start, i, first, suffix)
	return i
}

// add keeps the word in the buffer, and a clipped verb ('ve, 'll, 're, 'm) as a word of its own.
func (s *splitter) add(start, end int, first rune, suffix int) {
	tail := ""
	if suffix > 0 {
		switch string(s.buf[suffix:]) {
		case "ve":
			tail = "have"
		case "ll":
			tail = "will"
		case "re":
			tail = "are"
		case "m":
			tail = "am"
		}
	}
	if tail != "" {
		s.buf = s.buf[:suffix]
	}
	s.push(start, end, first)
	if tail != "" {
		s.buf = append(s.buf[:0], tail...)
		s.push(start, end, 'a')
	}
}

// push keeps the word in the buffer.
func (s *splitter) push(start, end int, first rune) {
	w := word{start: int32(start), end: int32(end), before: s.gap, asked: s.asked}
	w.id = s.lex.vocabulary[string(s.buf)]
	switch {
	case unicode.IsDigit(first):
		w.shape = shapeNumber
	case w.id == 0 && unicode.IsUpper(first):
		w.shape = shapeName
	}
	s.words = append(s.words, w)
	s.gap, s.asked = gapNone, false
}

// mark takes note of one rune between words.
func (s *splitter) mark(text string, i int, r rune, n int) {
	g := gapNone
	switch r {
	case ',':
		g = gapComma
	case '(', ')', '[', ']', '"', '“', '”':
		g = gapBracket
	case ':':
		g = gapColon
	case ';':
		g = gapSemicolon
	case '\t', '|':
		g = gapTab
	case '-', '–', '—', '−':
		g = dash(text, i, n)
	case '.', '…':
		if s.endsAt(text, i, n) {
			g = gapSentence
		}
	case '!':
		g = gapSentence
	case '?':
		s.question(text, i, n)
	case '\n', '\r', '\f', '\u2028', '\u2029':
		if lineEnds(text, i, n) {
			g = gapSentence
		}
	case '•', '●', '▪', '◦', '‣', '·', '*', '\uf0b7', '\uf0a7', '✓', '✔', '☒', '☑', '☐':
		g = gapSentence
	case '&':
		s.sign(i, n, "and")
	case '£', '$', '€':
		s.sign(i, n, "£")
	}
	s.gap = max(s.gap, g)
}

// sign keeps a sign that reads as a word.
func (s *splitter) sign(i, n int, as string) {
	s.buf = append(s.buf[:0], as...)
	s.push(i, i+n, 'a')
}

// question ends a sentence at a question mark, except one that stands before a word: "?knife" is a query.
func (s *splitter) question(text string, i, n int) {
	spaced := i == 0 || text[i-1] == ' ' || text[i-1] == '(' || text[i-1] == '\n' || text[i-1] == '/'
	if spaced && letterAt(text, i+n) {
		s.sign(i, n, "?")
		return
	}
	s.gap, s.asked = gapSentence, true
}

// endsAt says whether the full stop at i ends a sentence: not within numbers, addresses or after an abbreviation.
func (s *splitter) endsAt(text string, i, n int) bool {
	if i+n < len(text) {
		next, _ := utf8.DecodeRuneInString(text[i+n:])
		if unicode.IsDigit(next) || unicode.IsLower(next) || next == '@' {
			return false
		}
	}
	if len(s.words) == 0 {
		return false
	}
	last := s.words[len(s.words)-1]
	if int(last.end) != i {
		return true
	}
	if last.end-last.start == 1 && last.shape&shapeNumber == 0 {
		return false // an initial
	}
	return !s.lex.abbreviations[last.id]
}

// lineEnds says whether the line break at i ends a sentence rather than wraps one. A line that begins with a small
// letter goes on; so does one after a comma, or after a long line without a stop.
func lineEnds(text string, i, n int) bool {
	before := i
	for before > 0 && (text[before-1] == ' ' || text[before-1] == '\r') {
		before--
	}
	after, breaks := i+n, 1
	for after < len(text) && (text[after] == ' ' || text[after] == '\n' || text[after] == '\r' || text[after] == '\t') {
		if text[after] == '\n' {
			breaks++
		}
		after++
	}
	if breaks > 1 || after >= len(text) || before == 0 {
		return true
	}
	next, _ := utf8.DecodeRuneInString(text[after:])
	if unicode.IsLower(next) {
		return false
	}
	last := text[before-1]
	if last == ',' {
		return false
	}
	return !(unicode.IsLetter(next) && before-lineStart(text, before) >= 62 && last != '.' && last != ':' && last != '!' && last != '?')
}

// lineStart returns where the line that ends before i begins.
func lineStart(text string, i int) int {
	for i > 0 && text[i-1] != '\n' {
		i--
	}
	return i
}

// dash tells a dash between clauses from a hyphen within a word, and a bullet at the head of a line.
func dash(text string, i, n int) gap {
	head := i == 0 || text[i-1] == '\n'
	open := i == 0 || text[i-1] == ' ' || text[i-1] == '\t' || i+n < len(text) && text[i+n] == ' '
	switch {
	case head:
		return gapSentence
	case open || n > 1:
		return gapDash
	}
	return gapNone
}

func apostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '´'
}

func letterAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[min(i, len(text)):])
	return unicode.IsLetter(r)
}

func digitAt(text string, i int) bool {
	return i < len(text) && text[i] >= '0' && text[i] <= '9'
}
