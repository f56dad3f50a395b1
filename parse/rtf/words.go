package rtf

import "referrald/parse/document"

// skipped are the destinations that hold no words of the writer.
var skipped = map[string]bool{
	"stylesheet": true, "info": true, "object": true, "themedata": true, "listtable": true,
	"listoverridetable": true, "rsidtbl": true, "datastore": true, "xmlnstbl": true, "latentstyles": true,
	"ftnsep": true, "ftnsepc": true, "aftnsep": true, "revtbl": true, "filetbl": true, "nonshppict": true,
	"bkmkstart": true, "bkmkend": true, "sp": true, "shpinst": false, "shprslt": true, "background": true, "pntext": true, "listtext": true, "listpicture": true,
	"atnid": true, "atnauthor": true, "mmathPr": true, "wgrffmtfilter": true, "pgdsctbl": true,
	"ftncn": true, "falt": true, "panose": true, "nonesttables": true,
}

// styles are the words that switch a look on, or off with the number 0.
var styles = map[string]document.Style{
	"b": document.Bold, "i": document.Italic, "strike": document.Struck, "striked": document.Struck, "ul": document.Underlined, "uld": document.Underlined, "uldb": document.Underlined, "ulw": document.Underlined,
}

// word acts on one control word.
func (p *parser) word(it item) {
	p.shapeWord(it)
	if p.destination(it) || p.breaks(it) || p.style(it) || p.table(it) || p.character(it.name) {
		return
	}
	switch it.name {
	case "ansicpg":
		p.codePage = it.number
	case "mac":
		p.codePage = 10000
	case "pc":
		p.codePage = 437
	case "pca":
		p.codePage = 850
	case "f":
		p.useFont(it.number)
	case "deff":
		p.fontBase, p.state.font = it.number, it.number
	case "cpg":
		p.fontPage(it.number)
	case "itap":
		if it.number > 1 && !p.state.skip {
			p.out.openInnerRow()
		}
	case "red", "green", "blue":
		p.colours.channel(it.name, it.number)
	case "objemb":
		p.warn(document.UnreadFiles)
	case "pngblip", "jpegblip":
		p.pictures.known = p.state.dest == toPicture
	case "fcharset":
		p.fontCharset(it.number)
	case "uc":
		p.state.uc = max(0, min(it.number, 16))
	case "u":
		p.unicode(it.number)
	case "fftype", "ffres", "ffdefres", "ffhaslistbox":
		p.fieldNumber(it.name, it.number)
	}
}

// destination acts on a word that says where its group's text goes.
func (p *parser) destination(it item) bool {
	if p.fieldPart(it.name) || p.ownPart(it.name) || p.openStory(it.name) {
		return true
	}
	skip, known := skipped[it.name]
	if skip || p.starred && !known && !harmless[it.name] {
		p.state.skip = true
		return true
	}
	return known
}

// fieldPart acts on the destinations that are parts of fields.
func (p *parser) fieldPart(name string) bool {
	switch name {
	case "field":
		p.openField()
	case "fldinst":
		p.state.dest = toInstruction
	case "fldrslt":
		p.state.dest = toBody
		p.openResult()
	case "formfield":
		p.state.skip = true
	case "ffname":
		p.state.dest = toFieldName
	case "ffdeftext":
		p.state.dest = toFieldDefault
	case "ffl":
		p.state.dest = toFieldEntry
		p.openEntry()
	default:
		return false
	}
	return true
}

// ownPart acts on the other destinations that are read in a manner of their own.
func (p *parser) ownPart(name string) bool {
	switch name {
	case "fonttbl":
		p.state.dest = toFontTable
	case "nesttableprops": // the end of a row of an inner table, which is folded into its outer cell
		p.out.endInnerRow()
		p.state.skip = true
	case "generator":
		p.state.dest = toGenerator
	case "colortbl":
		p.state.dest = toColours
	case "pict":
		p.pictures.begin()
		p.state.dest = toPicture
	case "annotation":
		p.warn(document.Comments)
		p.state.skip = true
	case "upr": // the same words twice: for old readers, then in Unicode
		p.state.ansi, p.state.skip = !p.state.skip, true
	case "ud":
		p.state.skip = p.state.skip && !p.state.ansi
	default:
		return false
	}
	return true
}

// harmless are starred destinations whose text is the writer's.
var harmless = map[string]bool{"shptxt": true, "shp": true, "nestrow": true, "nestcell": true, "cs": true, "ds": true, "ts": true,
	"atrfstart": false}

// breaks acts on a word that ends a line, a paragraph or a page.
func (p *parser) breaks(it item) bool {
	if p.state.skip || p.state.dest != toBody {
		return it.name == "par" || it.name == "line"
	}
	switch it.name {
	case "par", "sect", "page", "column":
		if p.state.deleted { // a deleted mark joins two paragraphs
			p.out.text(" ", document.Token{})
			return true
		}
		p.out.paragraph()
	case "line", "softline":
		p.out.line()
	case "tab":
		p.put("\t")
	default:
		return false
	}
	return true
}

// style acts on a word that changes the look of what follows.
func (p *parser) style(it item) bool {
	on := !it.given || it.number != 0
	if style, ok := styles[it.name]; ok {
		p.set(style, on)
		return true
	}
	switch it.name {
	case "plain":
		p.state.style, p.state.hidden, p.state.deleted, p.state.font = 0, false, false, p.fontBase
	case "ulnone":
		p.set(document.Underlined, false)
	case "highlight", "chcbpat", "cb":
		p.set(document.Highlighted, p.colours.shows(it.number))
	case "cf":
		p.state.style = p.colours.ink(p.state.style, it.number)
	case "chbrdr": // a border around the letters is what Word offers for a circle; its kind follows
		p.set(document.Circled, true)
	case "brdrnone", "brdrnil":
		p.set(document.Circled, false)
	case "deleted":
		p.state.deleted = on
	case "v", "webhidden":
		p.state.hidden = on
	default:
		return false
	}
	return true
}

func (p *parser) set(style document.Style, on bool) {
	p.state.style &^= style
	if on {
		p.state.style |= style
	}
}

// table acts on the words of tables.
func (p *parser) table(it item) bool {
	if p.state.skip {
		return false
	}
	switch it.name {
	case "trowd":
		p.out.rowDefinition()
	case "cellx":
		p.out.cellEdge(it.number)
	case "clcbpat":
		if p.colours.shows(it.number) {
			p.out.cellShade(it.number)
		}
	case "clmrg":
		p.out.cellMerge(true)
	case "clvmrg":
		p.out.cellMerge(false)
	case "intbl":
		p.out.inTable(true)
	case "pard":
		p.out.inTable(false)
	case "cell":
		p.out.cell()
	case "row":
		p.out.row()
	case "nestcell":
		p.out.innerCell()
	case "nestrow":
		p.out.endInnerRow()
	default:
		return false
	}
	return true
}

// characters are the words that stand for one character.
var characters = map[string]string{"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
	"bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " "}

func (p *parser) character(name string) bool {
	s, ok := characters[name]
	if ok {
		p.put(s)
	}
	return ok
}

// useFont takes a font for what follows, or names the one that the font table describes next.
func (p *parser) useFont(n int) {
	if p.state.dest == toFontTable {
		p.fontNow = n
		p.fonts[n] = font{}
		return
	}
	p.state.font = n
}

// charsets maps the font table's character sets to code pages.
var charsets = map[int]int{0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251,
	222: 874, 238: 1250, 254: 437, 255: 850}

func (p *parser) fontCharset(n int) {
	f := p.fonts[p.fontNow]
	f.symbol = n == 2
	f.page = charsets[n]
	p.fonts[p.fontNow] = f
}

// fontPage takes the code page that the font table gives, which goes before the character set.
func (p *parser) fontPage(n int) {
	if p.state.dest != toFontTable {
		return
	}
	f := p.fonts[p.fontNow]
	f.page = n
	p.fonts[p.fontNow] = f
}
