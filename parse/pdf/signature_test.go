package pdf_test

import (
	"testing"

	"referrald/parse/pdf"
)

// A word in one stroke is handwriting too, and a signature is none that matters.
func TestReadSignature(t *testing.T) {
	word := "<</Type/Annot/Subtype/Ink/F 4/Rect[100 690 220 720]/InkList[[100 700 110 715 120 690 140 710 150 695 220 700]]>>"
	small := "<</Type/Annot/Subtype/Ink/F 4/Rect[100 690 200 714]/InkList[[120 700 124 710 128 700][131 700 135 708 139 700][142 700 150 712 153 700]]>>"
	for label, want := range map[string]int{"Name:": 1, "Signed:": 0, "Signature:": 0, "Signature agreed by:": 1, "Assigned to:": 1} {
		for _, ink := range []string{word, small} {
			d, err := pdf.Read(sample{content: at(20, 700, label), annots: []string{ink}}.bytes())
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Warnings) != want {
				t.Errorf("%s: warnings %q", label, d.Warnings)
			}
		}
	}
}
