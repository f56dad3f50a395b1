package docx

import (
	"strings"
	"time"
)

// dateInstead returns the day of a date control as ISO where its words would be read as another day: a control set to
// American English shows 10/5/2011 for 5 October. The words stand where they agree with the stored day, or were typed
// over it. It is "" where the words stand.
func (c control) dateInstead() string {
	date := c.pr.Child("date")
	if date == nil || c.placeholder {
		return ""
	}
	stored, err := time.Parse("2006-01-02", firstN(date.Value("fullDate"), len("2006-01-02")))
	if err != nil {
		return ""
	}
	shown := strings.NewReplacer("-", "/", ".", "/", " ", "").Replace(strings.TrimSpace(visible(c.kids())))
	monthFirst := false
	for _, layout := range [...]string{"1/2/2006", "1/2/06"} {
		if t, err := time.Parse(layout, shown); err == nil && t.Equal(stored) {
			monthFirst = true
		}
	}
	if !monthFirst || stored.Day() == int(stored.Month()) {
		return ""
	}
	return stored.Format("2006-01-02")
}

func firstN(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}
