package triage

import "strings"

// An outwardCode is what is known of a postcode district that touches the area, counted from OS Code-Point Open 2025.4.
// Each sector digit stands in the one column that holds all of its postcodes; a sector in none of them is shared with
// another council, and only the full table can tell.
//
// Contains Ordnance Survey data © Crown copyright and database right 2025. Contains Royal Mail data © Royal Mail
// copyright and database right 2025. Contains National Statistics data © Crown copyright and database right 2025.
type outwardCode struct {
	code    string
	stoke   string // sectors wholly in Stoke-on-Trent
	staffs  string // sectors wholly in Staffordshire
	both    string // sectors in Stoke-on-Trent and Staffordshire, and nowhere else
	outside string // sectors wholly outside
	mixed   string // sectors partly outside
}

// outwardCodes are the 65 postcode districts that touch Stoke-on-Trent or Staffordshire. Every other one in Great
// Britain is wholly outside.
var outwardCodes = [...]outwardCode{
	{code: "B74", outside: "2", mixed: "34"},
	{code: "B75", outside: "67", mixed: "5"},
	{code: "B77", staffs: "2349", mixed: "15"},
	{code: "B78", staffs: "3", outside: "1", mixed: "2"},
	{code: "B79", staffs: "789", mixed: "0"},
	{code: "CW2", outside: "678", mixed: "5"},
	{code: "CW3", outside: "0", mixed: "9"},
	{code: "CW12", outside: "1249", mixed: "3"},
	{code: "DE6", outside: "1349", mixed: "25"},
	{code: "DE13", staffs: "078", mixed: "9"},
	{code: "DE14", staffs: "1239"},
	{code: "DE15", mixed: "09"},
	{code: "DY3", staffs: "4", outside: "123"},
	{code: "DY6", outside: "6789", mixed: "0"},
	{code: "DY7", mixed: "56"},
	{code: "DY8", outside: "13459", mixed: "2"},
	{code: "DY10", outside: "124", mixed: "3"},
	{code: "DY11", outside: "679", mixed: "5"},
	{code: "SK11", outside: "6789", mixed: "0"},
	{code: "SK17", outside: "16789", mixed: "0"},
	{code: "ST1", stoke: "123456"},
	{code: "ST2", stoke: "0", both: "789"},
	{code: "ST3", stoke: "129", both: "34567"},
	{code: "ST4", stoke: "1234579", both: "68"},
	{code: "ST5", staffs: "023456789", both: "1"},
	{code: "ST6", stoke: "1235679", both: "48"},
	{code: "ST7", staffs: "89", outside: "2", mixed: "134"},
	{code: "ST8", staffs: "69", both: "7"},
	{code: "ST9", staffs: "0", both: "9"},
	{code: "ST10", staffs: "12349"},
	{code: "ST11", both: "9"},
	{code: "ST12", both: "9"},
	{code: "ST13", staffs: "56789"},
	{code: "ST14", staffs: "789", mixed: "5"},
	{code: "ST15", staffs: "089"},
	{code: "ST16", staffs: "1239"},
	{code: "ST17", staffs: "049"},
	{code: "ST18", staffs: "09"},
	{code: "ST19", staffs: "5", mixed: "9"},
	{code: "ST20", staffs: "0"},
	{code: "ST21", staffs: "6"},
	{code: "ST55", staffs: "9"},
	{code: "TF9", outside: "139", mixed: "24"},
	{code: "TF10", outside: "7", mixed: "89"},
	{code: "TF11", outside: "9", mixed: "8"},
	{code: "WS3", outside: "134", mixed: "25"},
	{code: "WS6", staffs: "679"},
	{code: "WS7", staffs: "012349"},
	{code: "WS8", mixed: "67"},
	{code: "WS9", outside: "18", mixed: "09"},
	{code: "WS11", staffs: "01456789"},
	{code: "WS12", staffs: "012349"},
	{code: "WS13", staffs: "2678"},
	{code: "WS14", staffs: "049"},
	{code: "WS15", staffs: "12349"},
	{code: "WV3", outside: "079", mixed: "8"},
	{code: "WV4", outside: "6", mixed: "45"},
	{code: "WV5", staffs: "0589", mixed: "7"},
	{code: "WV6", outside: "0", mixed: "6789"},
	{code: "WV7", mixed: "3"},
	{code: "WV8", staffs: "2", mixed: "1"},
	{code: "WV9", mixed: "5"},
	{code: "WV10", outside: "069", mixed: "78"},
	{code: "WV11", outside: "139", mixed: "2"},
	{code: "WV15", outside: "5", mixed: "6"},
}

// findOutward returns the row of an outward code, or nil where it is none of the 65.
func findOutward(o [4]byte) *outwardCode {
	n := 0
	for n < len(o) && o[n] != 0 {
		n++
	}
	for i := range outwardCodes {
		if c := &outwardCodes[i]; len(c.code) == n && c.code == string(o[:n]) {
			return c
		}
	}
	return nil
}

// whole tells what is known from the outward code alone.
func (c *outwardCode) whole() Place {
	switch {
	case c.outside != "" || c.mixed != "":
		return PlaceSplit
	case c.staffs == "" && c.both == "":
		return PlaceStoke
	case c.stoke == "" && c.both == "":
		return PlaceStaffordshire
	}
	return PlaceInArea
}

// sector tells what is known from the sector, without the full table.
func (c *outwardCode) sector(s byte) Place {
	switch {
	case strings.IndexByte(c.stoke, s) >= 0:
		return PlaceStoke
	case strings.IndexByte(c.staffs, s) >= 0:
		return PlaceStaffordshire
	case strings.IndexByte(c.both, s) >= 0:
		return PlaceInArea
	case strings.IndexByte(c.outside, s) >= 0:
		return PlaceOutside
	}
	return PlaceNotInTable
}
