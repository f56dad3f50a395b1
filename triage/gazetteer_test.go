package triage

import (
	"archive/zip"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"
)

func TestParsePostcode(t *testing.T) {
	for typed, want := range map[string]string{
		"ST1 5LY": "ST1 5LY", "st15ly": "ST1 5LY", "ST15 8AB": "ST15 8AB", "ST158AB": "ST15 8AB", " ST3  6NE ": "ST3 6NE",
		"STI 5LY": "ST1 5LY", "ST1O 4AA": "ST10 4AA", "ST5 OAA": "ST5 0AA", "ST5 OA1": "ST5 0AI", "B77 IJR": "B77 1JR", "W1A 1AA": "W1A 1AA",
		"EC1A 1BB": "EC1A 1BB", "ST1\u00a05LY": "ST1 5LY", "ST1-5LY": "ST1 5LY", "5T1 5LY": "", "WV6": "WV6", "ST15": "ST15", "B7": "B7",
		"QQ1 1AA": "", "Stone": "", "": "", "ST1 5L": "", "ST1 5LYX": "", "12345": "", "ST": "", "S1": "S1", "X1 1AA": "",
	} {
		p, ok := parsePostcode(typed)
		got := ""
		if ok {
			got = show(p)
		}
		if got != want {
			t.Errorf("%q read as %q, want %q", typed, got, want)
		}
	}
}

func show(p postcode) string {
	s := strings.TrimRight(string(p.outward[:]), "\x00")
	if p.full() {
		s += " " + string(p.sector) + string(p.unit[:])
	}
	return s
}

func TestPostcodeInAddress(t *testing.T) {
	for address, want := range map[string]string{
		"1 Test Street, Stoke-on-Trent, ST1 5LY":       "ST1 5LY",
		"1 Test Street\nStone\nst158ab":                "ST15 8AB",
		"Flat 2, 120b Canal Side, Tunstall, ST65DE UK": "ST6 5DE",
		"1 Test Street, Perton, WV6":                   "WV6",
		"1 Test Street, Perton, WV6.":                  "WV6",
		"Apt 11, 4b Apedale Way":                       "",
		"Flat B7":                                      "B7",
		"ST6":                                          "",
		"12 High Street":                               "",
	} {
		p, ok := postcodeIn(address)
		if !ok {
			p, ok = outwardIn(address)
		}
		got := ""
		if ok {
			got = show(p)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

// TestBuiltInTable has a case for each kind of row, and the table's count.
func TestBuiltInTable(t *testing.T) {
	var none *Gazetteer
	for text, want := range map[string]Place{
		"ST1 5LY": PlaceStoke, "ST1": PlaceStoke, "ST15 8AB": PlaceStaffordshire, "ST15": PlaceStaffordshire, "WS13": PlaceStaffordshire,
		"ST3 1AA": PlaceStoke, "ST3 5AP": PlaceInArea, "ST3": PlaceInArea, "ST5": PlaceInArea, "ST5 9NN": PlaceStaffordshire, "ST5 1AA": PlaceInArea,
		"ST11 9AA": PlaceInArea, "ST12": PlaceInArea, "B77 2AA": PlaceStaffordshire, "B77 1AA": PlaceNotInTable, "B77": PlaceSplit,
		"WV6": PlaceSplit, "WV6 0AA": PlaceOutside, "WV6 7AA": PlaceNotInTable, "ST7 2LS": PlaceOutside, "ST7 8AA": PlaceStaffordshire, "ST7 4GL": PlaceNotInTable,
		"SK10 3RB": PlaceOutside, "CW1": PlaceOutside, "B1 1AA": PlaceOutside, "M1": PlaceOutside, "ST7 7AA": PlaceNotInTable,
		"": PlaceNone, "Stone": PlaceNone, "QQ1 1AA": PlaceNone,
		"ST15 5AA": PlaceStaffordshire, // a sector that is new: all of its district is in
	} {
		if got := none.Place(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
	whole := 0
	for i := range outwardCodes {
		if outwardCodes[i].whole().In() {
			whole++
		}
	}
	if len(outwardCodes) != 65 || whole != 27 {
		t.Errorf("%d outward codes, %d of them whole; want 65 and 27", len(outwardCodes), whole)
	}
}

// A small Code-Point Open: Stoke, Staffordshire by district and by county, another council, one without a district.
const codePoint = `"ST1 5LY",10,388405,347542,"E92000001","E19000001","E18000005","","E06000021","E05014567"
"ST7 4GL",10,1,1,"E92000001","","","","E06000021",""
ST7 4ZZ,10,1,1,E92000001,,,E10000028,E07000195,E05
"ST7 4XX",10,1,1,E92000001,,,E10000006,E06000049,E05
"ST7 4YY",90,0,0,E92000001,,,,,
"SK103RB",10,1,1,E92000001,,,,E06000049,E05
`

func TestImport(t *testing.T) {
	d := testPolicy(t).Area
	for name, read := range map[string]func() (*Gazetteer, error){
		"one file": func() (*Gazetteer, error) { return ReadGazetteerCSV(strings.NewReader(codePoint), d) },
		"folder": func() (*Gazetteer, error) {
			return ReadGazetteer(fstest.MapFS{
				"Data/CSV/st.CSV":                        {Data: []byte(strings.ReplaceAll(codePoint, "\n", "\r\n"))},
				"Doc/Code-Point_Open_Column_Headers.csv": {Data: []byte("PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\nPostcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,NHS_HA_code,Admin_county_code,Admin_district_code,Admin_ward_code\n")},
				"licence.txt":                            {Data: []byte("not a table")},
			}, d)
		},
	} {
		g, err := read()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for text, want := range map[string]Place{
			"ST1 5LY": PlaceStoke, "st74gl": PlaceStoke, "ST7 4ZZ": PlaceStaffordshire, "ST7 4XX": PlaceOutside, "ST7 4YY": PlaceNotInTable,
			"ST7 4AA": PlaceNotInTable, "ST7": PlaceSplit, "ST1 9ZZ": PlaceNotInTable, "ST1": PlaceStoke, "SK10 3RB": PlaceOutside, "SK10 9ZZ": PlaceOutside,
			"ST15 8AB": PlaceStaffordshire, // not in this import: the built-in table decides
		} {
			if got := g.Place(text); got != want {
				t.Errorf("%s: %q: %d, want %d", name, text, got, want)
			}
		}
	}
}

func TestImportFaults(t *testing.T) {
	d := testPolicy(t).Area
	_, err := ReadGazetteerCSV(strings.NewReader("\"SK103RB\",10,1,1,,,,,E06000049,\n"), d)
	if !errors.Is(err, ErrNoPostcodes) {
		t.Errorf("no postcode of the area: %v", err)
	}
	if _, err = ReadGazetteerCSV(strings.NewReader(codePoint+"rubbish\n"), d); err == nil || !strings.Contains(err.Error(), "line 7") {
		t.Errorf("rubbish in line 7: %v", err)
	}
	if _, err = ReadGazetteerCSV(strings.NewReader(strings.Repeat("x", maxLine+1)), d); err == nil {
		t.Error("an endless line was read")
	}
}

// TestNewDistrict: a postcode district that the built-in table does not know yet counts as soon as the import has it.
func TestNewDistrict(t *testing.T) {
	g, err := ReadGazetteerCSV(strings.NewReader("ST22 1AA,10,1,1,,,,,E06000021,\n"), testPolicy(t).Area)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]Place{"ST22 1AA": PlaceStoke, "ST22 1AB": PlaceNotInTable, "ST22": PlaceSplit} {
		if got := g.Place(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// geography opens the real table where REFERRALD_GEOGRAPHY names OS Code-Point Open as a zip.
func geography(t testing.TB) (*Gazetteer, time.Duration) {
	t.Helper()
	path := os.Getenv("REFERRALD_GEOGRAPHY")
	if path == "" {
		return nil, 0
	}
	p := testPolicy(t)
	start := time.Now()
	return openGazetteer(t, path, p), time.Since(start)
}

// TestRealTable compares the built-in table with the real one: what the small table is certain of must be so.
func TestRealTable(t *testing.T) {
	g, took := geography(t)
	if g == nil {
		t.Log("REFERRALD_GEOGRAPHY is not set: the built-in table is tested alone")
		return
	}
	t.Logf("%d postcodes in %v, %d KB", len(g.keys), took, len(g.keys)*8/1024)
	if took > 2*time.Second {
		t.Errorf("import took %v", took)
	}
	for _, k := range g.keys {
		p := unkey(k >> 2)
		full, small := g.place(p), (*Gazetteer)(nil).place(p)
		certain := small == PlaceStoke || small == PlaceStaffordshire || small == PlaceOutside
		if full != PlaceNotInTable && (certain && small != full || small == PlaceInArea && !full.In()) {
			t.Fatalf("%s: %d by the full table, %d by the small one", show(p), full, small)
		}
	}
}

func unkey(k uint64) postcode {
	o := uint32(k >> 24)
	return postcode{[4]byte{byte(o >> 24), byte(o >> 16), byte(o >> 8), byte(o)}, byte(k >> 16), [2]byte{byte(k >> 8), byte(k)}}
}

func TestKeysKeepPostcodes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringMatching(`(ST|B|WV|CW)[1-9][0-9]? [0-9][A-Z][A-Z]`).Draw(rt, "postcode")
		p, ok := parsePostcode(text)
		if !ok || unkey(p.key()) != p || show(p) != text {
			rt.Fatalf("%q: %v, %t", text, p, ok)
		}
	})
}

func FuzzPlace(f *testing.F) {
	for _, s := range []string{"ST1 5LY", "wv6", "STI5LY", "", "\xff", "1 Test Street, ST1 5LY"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var g *Gazetteer
		if a, b := g.Place(text), g.Place(text); a != b {
			t.Fatalf("%q: %d, then %d", text, a, b)
		}
		postcodeIn(text)
		outwardIn(text)
	})
}

func FuzzImport(f *testing.F) {
	f.Add([]byte(codePoint))
	f.Add([]byte("\"ST1"))
	d := Districts{Stoke: []string{"E06000021"}}
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := ReadGazetteerCSV(strings.NewReader(string(data)), d)
		if (g == nil) == (err == nil) {
			t.Fatal("neither a table nor an error, or both")
		}
	})
}

func TestLookingUpAllocatesNothing(t *testing.T) {
	g, err := ReadGazetteerCSV(strings.NewReader(codePoint), testPolicy(t).Area)
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100, func() { g.Place("st7 4gl"); g.Place("SK10 3RB"); g.Place("ST1S 8AB") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkPlace(b *testing.B) {
	g, err := ReadGazetteerCSV(strings.NewReader(codePoint), testPolicy(b).Area)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		g.Place("ST7 4GL")
	}
}

func BenchmarkImport(b *testing.B) {
	path := os.Getenv("REFERRALD_GEOGRAPHY")
	p := testPolicy(b)
	lines := strings.Repeat(codePoint, 20_000)
	b.ReportAllocs()
	for b.Loop() {
		if path == "" {
			if _, err := ReadGazetteerCSV(strings.NewReader(lines), p.Area); err != nil {
				b.Fatal(err)
			}
			continue
		}
		z, err := zip.OpenReader(path)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := ReadGazetteer(z, p.Area); err != nil {
			b.Fatal(err)
		}
		z.Close()
	}
}
