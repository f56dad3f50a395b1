package triage

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// A Place says where a postcode lies, as far as the tables know.
type Place uint8

// The places. Only PlaceOutside is a "no"; what is not known is never taken for it.
const (
	PlaceNone          Place = iota // no postcode, or none that can exist
	PlaceStoke                      // in Stoke-on-Trent
	PlaceStaffordshire              // in Staffordshire
	PlaceInArea                     // in one of the two; which is not known
	PlaceOutside                    // outside both
	PlaceSplit                      // only an outward code, and it is shared with another council
	PlaceNotInTable                 // a postcode of a district that touches the area, which the table does not know
)

// In tells whether the place is in the service's area.
func (p Place) In() bool { return p == PlaceStoke || p == PlaceStaffordshire || p == PlaceInArea }

// A Gazetteer says in which council's area a postcode lies: by the imported table (OS Code-Point Open) where it covers
// the postcode's district, else by the built-in table of districts and sectors. A nil Gazetteer has the built-in table
// alone. It holds some 30,000 postcodes in a sorted list of numbers, 240 KB; looking up allocates nothing.
type Gazetteer struct {
	keys    []uint64 // key()<<2 with the class in the two low bits, sorted
	covered map[uint32]bool
}

// Place looks up a postcode or an outward code as it was typed.
func (g *Gazetteer) Place(text string) Place {
	p, ok := parsePostcode(text)
	if !ok {
		return PlaceNone
	}
	return g.place(p)
}

func (g *Gazetteer) place(p postcode) Place {
	code := findOutward(p.outward)
	covered := g != nil && g.covered[outwardKey(p.outward)]
	switch {
	case code == nil && !covered:
		return PlaceOutside
	case !p.full() && code == nil:
		return PlaceSplit
	case !p.full():
		return code.whole()
	case covered:
		return g.find(p)
	case code.whole().In() && code.sector(p.sector) == PlaceNotInTable:
		return code.whole()
	}
	return code.sector(p.sector)
}

// find looks a full postcode up in the imported table.
func (g *Gazetteer) find(p postcode) Place {
	key := p.key() << 2
	i, _ := slices.BinarySearch(g.keys, key)
	if i == len(g.keys) || g.keys[i]>>2 != p.key() {
		return PlaceNotInTable
	}
	return [...]Place{PlaceOutside, PlaceStoke, PlaceStaffordshire, PlaceNotInTable}[g.keys[i]&3]
}

// Districts are the codes of the councils' districts (GSS) whose postcodes are in the area.
type Districts struct {
	Stoke         []string `toml:"stoke_districts"`
	Staffordshire []string `toml:"staffordshire_districts"`
	Withheld      []string `toml:"withheld"` // words of an address that may not be told
	Moved         []string `toml:"moved"`    // words of a mail about an address that holds no longer
}

// class returns the two bits that a postcode of a district is kept with. The record's county counts too, so that either
// kind of code may be listed.
func (d Districts) class(county, district []byte) uint64 {
	switch {
	case holds(d.Stoke, district) || holds(d.Stoke, county):
		return 1
	case holds(d.Staffordshire, district) || holds(d.Staffordshire, county):
		return 2
	case len(district) == 0:
		return 3
	}
	return 0
}

func holds(list []string, code []byte) bool {
	for _, s := range list {
		if s == string(code) {
			return true
		}
	}
	return false
}

// ErrNoPostcodes is returned where an import holds no postcode of the area.
var ErrNoPostcodes = errors.New("no postcode of Stoke-on-Trent or Staffordshire in it: is this OS Code-Point Open, with all its CSV files?")

// ReadGazetteer imports every CSV file of a folder or an opened zip archive (both are an fs.FS), at any depth.
// Files that hold no postcodes (column headers, documents) are passed over. Errors name the file and the line.
func ReadGazetteer(fsys fs.FS, d Districts) (*Gazetteer, error) {
	im := newPostcodeImport(d)
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.EqualFold(extension(name), ".csv") {
			return err
		}
		f, err := fsys.Open(name)
		if err != nil {
			return fmt.Errorf("opening %s: %w", name, err)
		}
		defer f.Close() // read only: nothing is lost if closing fails
		if err := im.read(f); err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("importing postcodes: %w", err)
	}
	return im.gazetteer()
}

// ReadGazetteerCSV imports a single CSV file.
func ReadGazetteerCSV(r io.Reader, d Districts) (*Gazetteer, error) {
	im := newPostcodeImport(d)
	if err := im.read(r); err != nil {
		return nil, fmt.Errorf("importing postcodes: %w", err)
	}
	return im.gazetteer()
}

func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[i:]
	}
	return ""
}

// A postcodeImport gathers the postcodes of the districts that touch the area; all others are let go at once.
type postcodeImport struct {
	districts Districts
	keys      []uint64
	listed    map[uint32]bool // the outward codes of the built-in table
	covered   map[uint32]bool
	inside    bool
}

func newPostcodeImport(d Districts) *postcodeImport {
	im := &postcodeImport{districts: d, listed: map[uint32]bool{}, covered: map[uint32]bool{}}
	for _, c := range outwardCodes {
		var o [4]byte
		copy(o[:], c.code)
		im.listed[outwardKey(o)] = true
	}
	return im
}

// maxLine bounds a line of a postcode file; real ones have less than a hundred bytes.
const maxLine = 4096

// read takes one file, line by line.
func (im *postcodeImport) read(r io.Reader) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, maxLine), maxLine)
	for n, headers := 1, 0; lines.Scan(); n++ {
		ok := im.line(lines.Bytes())
		switch {
		case ok || len(bytes.TrimSpace(lines.Bytes())) == 0:
		case n == headers+1 && headers < 2: // column headers; Code-Point Open's own have two lines, and no postcodes
			headers++
		default:
			return fmt.Errorf("line %d is no postcode record", n)
		}
	}
	return lines.Err()
}

// The columns of Code-Point Open.
const (
	columnPostcode = 0
	columnCounty   = 7
	columnDistrict = 8
	columns        = 9 // at least
)

// line takes one record and tells whether it is one.
func (im *postcodeImport) line(line []byte) bool {
	var fields [columns][]byte
	if !cut(line, &fields) {
		return false
	}
	p, ok := parsePostcode(string(fields[columnPostcode])) // stays on the stack: it does not escape
	if !ok || !p.full() {
		return false
	}
	class := im.districts.class(fields[columnCounty], fields[columnDistrict])
	outward := outwardKey(p.outward)
	in := class == 1 || class == 2
	if in || im.listed[outward] {
		im.keys = append(im.keys, p.key()<<2|class)
		im.covered[outward] = true
		im.inside = im.inside || in
	}
	return true
}

// cut parts the first fields of a CSV record; no field of Code-Point Open holds a comma or a quote.
func cut(line []byte, fields *[columns][]byte) bool {
	for i := range fields {
		comma := bytes.IndexByte(line, ',')
		if comma < 0 {
			if i < columns-1 {
				return false
			}
			comma = len(line)
		}
		fields[i] = bytes.Trim(line[:comma], "\" \r")
		line = line[min(comma+1, len(line)):]
	}
	return true
}

func (im *postcodeImport) gazetteer() (*Gazetteer, error) {
	if !im.inside {
		return nil, fmt.Errorf("importing postcodes: %w", ErrNoPostcodes)
	}
	slices.Sort(im.keys)
	return &Gazetteer{keys: slices.Clip(im.keys), covered: im.covered}, nil
}
