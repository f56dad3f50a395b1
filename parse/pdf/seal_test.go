package pdf_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"referrald/parse/document"
	"referrald/parse/pdf"
)

// Files that open without a password say the same as before they were encrypted, by every revision of the standard
// handler and by two programs; files that do not are locked.
func TestReadSealed(t *testing.T) {
	want, err := pdf.Read(file(t, "sealed/plain.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"Imogen Thackeray", "St Aelred's (Upper) School"} {
		if !strings.Contains(want.Text(), words) {
			t.Fatalf("%q is not read", words)
		}
	}
	names, err := filepath.Glob("testdata/sealed/*.pdf")
	if err != nil || len(names) < 12 {
		t.Fatalf("%d samples, %v", len(names), err)
	}
	for _, path := range names {
		name := filepath.Base(path)
		got, err := pdf.Read(file(t, filepath.Join("sealed", name)))
		if strings.HasPrefix(name, "locked-") {
			if u := (*document.Unreadable)(nil); !errors.As(err, &u) || u.Why != document.Locked {
				t.Errorf("%s: %v, want locked", name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got.Text() != want.Text() {
			t.Errorf("%s: %q, want %q", name, got.Text(), want.Text())
		}
	}
}
