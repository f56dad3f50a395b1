package msdoc

import "sort"

const pageSize = 512

// A run is a stretch of the file with one set of properties (2.9.33 ChpxFkp, 2.9.175 PapxFkp).
type run struct {
	from, to int // places in the file
	istd     int // a paragraph's style
	sprms    []byte
}

// A runs list is sorted by place.
type runs []run

// readRuns reads the pages that a table of them names (2.8.5 PlcBteChpx, 2.8.6 PlcBtePapx).
func readRuns(main, table []byte, paragraphs bool) runs {
	count := (len(table) - 4) / 8
	var out runs
	for i := range max(count, 0) {
		number := u32(table, 4*(count+1)+4*i) & 0x3FFFFF
		page := slice(main, number*pageSize, pageSize)
		if len(page) < pageSize || len(out) > len(main) {
			break
		}
		if paragraphs {
			out = appendParagraphs(out, page)
		} else {
			out = appendCharacters(out, page)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].from < out[j].from })
	return out
}

func appendCharacters(out runs, page []byte) runs {
	count := u8(page, pageSize-1)
	for i := range count {
		r := run{from: u32(page, 4*i), to: u32(page, 4*i+4)}
		if at := 2 * u8(page, 4*(count+1)+i); at > 0 {
			r.sprms = slice(page, at+1, u8(page, at))
		}
		out = append(out, r)
	}
	return out
}

// entrySize is the size of a paragraph's entry in its page (2.9.23 BxPap).
const entrySize = 13

func appendParagraphs(out runs, page []byte) runs {
	count := u8(page, pageSize-1)
	for i := range count {
		r := run{from: u32(page, 4*i), to: u32(page, 4*i+4)}
		if at := 2 * u8(page, 4*(count+1)+entrySize*i); at > 0 {
			size := 2*u8(page, at) - 1
			if u8(page, at) == 0 {
				at++
				size = 2 * u8(page, at)
			}
			content := slice(page, at+1, size)
			r.istd, r.sprms = u16(content, 0), content[min(2, len(content)):]
		}
		out = append(out, r)
	}
	return out
}

// at returns the index of the run that holds a place in the file, or -1.
func (rs runs) at(place int) int {
	i := sort.Search(len(rs), func(i int) bool { return rs[i].to > place })
	if i == len(rs) || rs[i].from > place {
		return -1
	}
	return i
}
