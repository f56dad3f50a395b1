package pdf_test

import (
	"slices"
	"strings"
	"testing"

	"referrald/parse/document"
	"referrald/parse/pdf"
)

// What nobody sees on the page is not read, wherever it stands in the file; what shines through is.
func TestReadCovered(t *testing.T) {
	gs := "/Resources<</Font 5 0 R/ExtGState<</Thin<</ca 0.4>>/Mix<</BM/Multiply>>>>/XObject<</Im 10 0 R/Cut 11 0 R/Group 12 0 R>>>>"
	picture := "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
	objects := []string{stream(picture, "\x80"), stream(picture+"/SMask 10 0 R", "\x80"),
		xform("/BBox[0 0 600 800]/Group<</S/Transparency>>", "1 1 0 rg 48 697 120 13 re f")}
	label, old := at(50, 720, "Overall level:"), at(50, 700, "High")
	for name, c := range map[string]struct{ content, want string }{
		"white over an old value":         {label + old + "1 g 48 697 60 13 re f 0 g " + at(50, 699, "Low"), "Overall level:\nLow"},
		"black bar":                       {label + old + "0 g 48 697 60 13 re f", "Overall level:"},
		"picture over words":              {label + old + "q 60 0 0 13 48 697 cm /Im Do Q", "Overall level:"},
		"ground under words":              {label + "0.9 g 48 697 60 13 re f 0 g " + old, "Overall level: High"},
		"marker that shines through":      {label + old + "/Thin gs 1 1 0 rg 48 697 60 13 re f", "Overall level: High"},
		"marker that mixes":               {label + old + "/Mix gs 1 1 0 rg 48 697 60 13 re f", "Overall level: High"},
		"marker in a group":               {label + old + "/Mix gs /Group Do", "Overall level: High"},
		"picture with holes":              {label + old + "q 60 0 0 13 48 697 cm /Cut Do Q", "Overall level: High"},
		"frame of two rectangles":         {label + old + "0 g 40 690 200 40 re 41 691 198 38 re f*", "Overall level: High"},
		"area in a clip of another shape": {label + old + "q 300 300 m 400 400 l 300 780 l 40 690 l h W n 0 g 0 0 600 800 re f Q", "Overall level: High"},
	} {
		got := read(t, sample{content: c.content, page: gs, objects: objects})
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A black bar is told of: what stood there was not to be read by us, but somebody may ask for it in vain.
func TestReadRedacted(t *testing.T) {
	d, err := pdf.Read(sample{content: at(50, 720, "Overall level:") + at(50, 700, "High") + "0 g 48 697 60 13 re f"}.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(d.Warnings, document.UnreadLetters) {
		t.Errorf("warnings: %q", d.Warnings)
	}
}

// A copier that lays what it took the letters for under the picture of the page says nothing for certain.
func TestReadUnderScan(t *testing.T) {
	picture := "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
	content := strings.Repeat(at(50, 700, "Name of young person: Imogcn Thackcray"), 1) + "q 600 0 0 800 0 0 cm /Im Do Q"
	d, err := pdf.Read(sample{content: content, page: "/Resources<</Font 5 0 R/XObject<</Im 10 0 R>>>>", objects: []string{stream(picture, "\x80")}}.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(d.Warnings, document.UnreadPage) {
		t.Errorf("warnings: %q", d.Warnings)
	}
	for _, c := range d.Cells {
		for _, l := range c.Lines {
			for _, k := range l.Tokens {
				if k.Trust() > 0.7 || k.Source != document.Recognised {
					t.Errorf("%q is believed", k.Text)
				}
			}
		}
	}
}

// Layers are shown or not as the file says for a screen.
func TestReadLayers(t *testing.T) {
	layer := "<</Type/OCG/Name(x)>>"
	print := "<</Type/OCG/Name(x)/Usage<</View<</ViewState/OFF>>>>>>"
	content := at(50, 720, "Overall level:") + "/OC /A BDC " + at(50, 700, "High") + "50 680 9 9 re S EMC /OC /B BDC /Span BMC EMC " + at(50, 700, "Low") + "EMC /OC /C BDC " + at(150, 700, "Never") + "EMC /X Do"
	page := "/Resources<</Font 5 0 R/Properties<</A 10 0 R/B 11 0 R/C 13 0 R>>/XObject<</X 12 0 R>>>>"
	objects := []string{layer, layer, xform("/BBox[0 0 600 800]/OC 10 0 R/Resources<</Font 5 0 R>>", at(50, 500, "Secret")), "<</Type/OCMD/OCGs[10 0 R]>>"}
	const want = "Overall level: Low"
	for name, root := range map[string]string{
		"off":        "/OCProperties<</OCGs[10 0 R 11 0 R]/D<</OFF[10 0 R]>>>>",
		"all but":    "/OCProperties<</OCGs[10 0 R 11 0 R]/D<</BaseState/OFF/ON[11 0 R]>>>>",
		"for a view": "/OCProperties<</OCGs[10 0 R 11 0 R]/D<</AS[<</Event/View/Category[/View]/OCGs[10 0 R 11 0 R]>>]>>>>",
	} {
		if name == "for a view" {
			objects[0] = print
		}
		if got := read(t, sample{content: content, page: page, root: root, objects: objects}); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		objects[0] = layer
	}
	if got := read(t, sample{content: content, page: page, root: "/OCProperties<</OCGs[10 0 R 11 0 R]/D<<>>>>", objects: objects}); !strings.Contains(got, "Never") || !strings.Contains(got, "Secret") {
		t.Errorf("all on: %q", got)
	}
}

// A font whose codes are its own numbers says nothing, and is not taken for letters.
func TestReadUnnamedFont(t *testing.T) {
	font := "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Carlito/FirstChar 33/Widths[500 500 500 500]/FontDescriptor<</Flags 4/FontFile2 11 0 R>>>>"
	d, err := pdf.Read(sample{content: at(50, 720, "Overall level:") + "BT /F9 10 Tf 50 700 Td (!\"#$) Tj ET", page: "/Resources<</Font<</F1 6 0 R/F9 10 0 R>>>>",
		objects: []string{font, stream("", "x")}}.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Text(); strings.ContainsAny(got, "!#$") || !slices.Contains(d.Warnings, document.UnreadLetters) {
		t.Errorf("%q, %q", got, d.Warnings)
	}
}

// A page on which more is painted over than is kept may show less than what is read of it.
func TestReadManyCovers(t *testing.T) {
	d, err := pdf.Read(sample{content: at(50, 720, "Low") + strings.Repeat("1 g 300 100 9 9 re f\n", 5001) + "1 g 40 700 100 40 re f"}.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(d.Warnings, document.UnreadLetters) {
		t.Errorf("warnings %q", d.Warnings)
	}
}
