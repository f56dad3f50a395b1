package xlsx

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"referrald/parse/document"
)

// ReadCSV reads a table that was saved as text (RFC 4180), parted by commas, semicolons or tabs. Errors are
// *document.Unreadable: Broken for what is no such table, TooLarge over the limits of a workbook.
func ReadCSV(data []byte) (*document.Document, error) {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(data) { // as Excel saves it
		var err error
		if data, err = charmap.Windows1252.NewDecoder().Bytes(data); err != nil {
			return nil, broken("no text")
		}
	}
	in := csv.NewReader(bytes.NewReader(data))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = comma(data), -1, true
	records, err := in.ReadAll()
	if err != nil {
		return nil, broken("no table")
	}
	var rows []row
	count := 0
	for i, record := range records {
		this := row{number: i + 1}
		for col, text := range record {
			if count++; count > maxCells {
				return nil, &document.Unreadable{Why: document.TooLarge, Cause: errors.New("reading csv: too many cells")}
			}
			this.cells = append(this.cells, cell{col: col + 1, lines: linesOf([]document.Token{{Text: text}}, format{})})
		}
		rows = append(rows, this)
	}
	var r reader
	r.write(rows)
	return r.out.Finish(document.Text), nil
}

// comma returns the sign that parts the fields: the one that stands there most often.
func comma(data []byte) rune {
	head := string(data[:min(len(data), 4096)])
	best := ','
	for _, c := range [...]rune{';', '\t'} {
		if strings.Count(head, string(c)) > strings.Count(head, string(best)) {
			best = c
		}
	}
	return best
}
