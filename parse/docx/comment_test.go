package docx

import (
	"slices"
	"strings"
	"testing"

	"referrald/parse/document"
)

// What was resolved is read; what was not brings a person, a reply to it as well.
func TestReadComments(t *testing.T) {
	comments := `<w:comments xmlns:w="w"><w:comment><w:p w14:paraId="A"><w:r><w:t>Add the postcode</w:t></w:r></w:p></w:comment>` +
		`<w:comment><w:p w14:paraId="X"/><w:p w14:paraId="B"><w:r><w:t>Done now</w:t></w:r></w:p></w:comment></w:comments>`
	for extended, warned := range map[string]bool{
		`<e><commentEx paraId="A" done="1"/><commentEx paraId="B" paraIdParent="A" done="0"/></e>`: false,
		`<e><commentEx paraId="A" done="1"/><commentEx paraId="B" done="0"/></e>`:                  true,
		`<e><commentEx paraId="A" done="0"/><commentEx paraId="B" paraIdParent="A" done="0"/></e>`: true,
		`<e/>`: true,
		``:     true,
	} {
		d, err := Read(pack(t, map[string]string{"word/document.xml": body(p(run("Form"))), "word/_rels/document.xml.rels": rels("comments comments.xml", "commentsExtended extended.xml"),
			"word/comments.xml": comments, "word/extended.xml": extended}))
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.Contains(d.Warnings, document.Comments); got != warned {
			t.Errorf("%s: warnings %v", extended, d.Warnings)
		}
		if !warned && !strings.Contains(d.Text(), "Done now") {
			t.Errorf("%s: not read: %q", extended, d.Text())
		}
	}
}
