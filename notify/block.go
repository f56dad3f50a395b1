package notify

import (
	"errors"
	"regexp"
	"strings"
)

// A block is one piece of a mail: what the text and the HTML are both rendered from. Kind says which of the fields are
// filled; frame.html draws each kind, and plain.go writes it.
type block struct {
	Kind  string
	Text  string   // title, heading, paragraph, warning, small
	Items []string // list
	Facts []fact   // facts, tiles
	Cards []card   // cards
	Grid  grid     // grid
	Image picture  // picture
}

// The kinds of blocks.
const (
	titleBlock     = "title"
	headingBlock   = "heading"
	paragraphBlock = "paragraph"
	warningBlock   = "warning" // a sentence that must not be missed
	smallBlock     = "small"
	listBlock      = "list"
	factsBlock     = "facts" // a label and a value in each row
	tilesBlock     = "tiles" // numbers, large
	cardsBlock     = "cards" // one case each
	gridBlock      = "grid"  // a table of numbers
	pictureBlock   = "picture"
)

// A fact is a label with its value: "Reference", "7K3M-Q4XP".
type fact struct{ Label, Value string }

// A card is one case in a list for staff: its head in short words, and below it lines.
type card struct {
	Head  []string
	Lines []string
	Tone  string // an outcome's word, by which the card's edge is coloured
}

// A grid is a table of short words: a row of headings, and rows.
type grid struct {
	Head []string
	Rows [][]string
}

// A picture is an inline picture, and what it shows.
type picture struct{ ID, Says string }

// A run is a piece of a line, with where it leads to.
type run struct{ Text, Link string }

// links finds web and mail addresses in a line. They are the operator's and the policy's; no others can be there.
var links = regexp.MustCompile(`https?://[^\s<>"]*[^\s<>".,;:!?)]|[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`)

// runs splits a line where an address begins and ends.
func runs(line string) (out []run) {
	from := 0
	for _, at := range links.FindAllStringIndex(line, -1) {
		if at[0] > from {
			out = append(out, run{Text: line[from:at[0]]})
		}
		text := line[at[0]:at[1]]
		link := text
		if !strings.Contains(text, "://") {
			link = "mailto:" + text
		}
		out = append(out, run{text, link})
		from = at[1]
	}
	if from < len(line) {
		out = append(out, run{Text: line[from:]})
	}
	return out
}

var (
	errNoSubject = errors.New(`must begin with a line "Subject: …"`)
	errFact      = errors.New(`a line that begins with ":" must be ": Label | value"`)
)

// parseBlocks reads what a letter's template wrote: a subject, then blocks of lines apart from one another by blank lines.
// "# " begins a heading ("## " none: there is one level), "- " an item, ": Label | value" a fact, "! " a warning; other lines
// are a paragraph, and are joined. The first heading is the letter's title.
func parseBlocks(text string) (subject string, blocks []block, err error) {
	first, rest, _ := strings.Cut(strings.TrimLeft(text, "\r\n \t"), "\n")
	subject, ok := strings.CutPrefix(strings.TrimSpace(first), "Subject:")
	subject = strings.TrimSpace(subject)
	if !ok || subject == "" {
		return "", nil, errNoSubject
	}
	for line := range strings.Lines(rest) {
		line = strings.Join(strings.Fields(line), " ")
		if blocks, err = addLine(blocks, line); err != nil {
			return "", nil, err
		}
	}
	return subject, settle(blocks), nil
}

// addLine adds one line to the block that is open, or opens another.
func addLine(blocks []block, line string) ([]block, error) {
	kind, text := kindOf(line)
	open := len(blocks) > 0 && blocks[len(blocks)-1].Kind == kind
	if !open || kind == headingBlock {
		blocks = append(blocks, block{Kind: kind})
	}
	b := &blocks[len(blocks)-1]
	switch kind {
	case listBlock:
		b.Items = append(b.Items, text)
	case factsBlock:
		label, value, ok := strings.Cut(text, " | ")
		if !ok {
			return nil, errFact
		}
		b.Facts = append(b.Facts, fact{label, value})
	default:
		b.Text = strings.TrimSpace(b.Text + " " + text)
	}
	return blocks, nil
}

func kindOf(line string) (kind, text string) {
	for _, k := range [...]struct{ mark, kind string }{
		{"# ", headingBlock}, {"- ", listBlock}, {": ", factsBlock}, {"! ", warningBlock},
	} {
		if text, ok := strings.CutPrefix(line, k.mark); ok {
			return k.kind, text
		}
	}
	if line == "" {
		return "", ""
	}
	return paragraphBlock, line
}

// settle drops the gaps, joins lists that only a gap parted, and makes the first heading the title.
func settle(blocks []block) []block {
	var out []block
	titled := false
	for _, b := range blocks {
		last := len(out) - 1
		switch {
		case b.Kind == "":
		case last >= 0 && b.Kind == out[last].Kind && (b.Kind == listBlock || b.Kind == factsBlock):
			out[last].Items, out[last].Facts = append(out[last].Items, b.Items...), append(out[last].Facts, b.Facts...)
		case b.Kind == headingBlock && !titled:
			b.Kind, titled = titleBlock, true
			out = append(out, b)
		default:
			out = append(out, b)
		}
	}
	return out
}
