package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"referrald/ingest"
	"referrald/parse"
	"referrald/parse/document"
)

// mutantDeadline bounds the reading of one damaged document here, where no child is ended. A sound one takes some ten
// milliseconds.
const mutantDeadline = time.Minute

// TestDamagedDocumentsAreAnswered damages the documents of a corpus in many ways, the same at each run, and holds that
// each is answered: with a document, or with a reason of the closed list, and without a panic. Where REFERRALD_MUTANTS
// names a folder they are written into it too, for `referrald explain --documents`.
func TestDamagedDocumentsAreAnswered(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a while")
	}
	files := corpusDocuments(t)
	out := os.Getenv("REFERRALD_MUTANTS")
	rounds := 1
	if out != "" {
		rounds = 40
	}
	random := rand.New(rand.NewPCG(3, 7))
	for _, f := range files {
		for round := range rounds * len(damages) {
			d := damages[round%len(damages)]
			data := d.do(random, bytes.Clone(f.Data), files[random.IntN(len(files))].Data)
			if out != "" {
				keep(t, filepath.Join(out, fmt.Sprintf("%s-%d%s", d.name, random.IntN(1e9), filepath.Ext(f.Name))), data)
				continue
			}
			answered(t, d.name, parse.File{Name: f.Name, Data: data})
		}
	}
}

func answered(t *testing.T, damage string, f parse.File) {
	t.Helper()
	began := time.Now()
	got := unfold(f, deepest, parse.Options{})
	if took := time.Since(began); took > mutantDeadline {
		t.Errorf("%s of %s took %v", damage, filepath.Ext(f.Name), took)
	}
	if len(got) == 0 {
		t.Errorf("%s of %s: no answer", damage, filepath.Ext(f.Name))
	}
	for _, x := range got {
		if x.Why == document.Crashed || x.Document == nil && x.Why != "" && x.Why.Sentence() == "" {
			t.Errorf("%s of %s: %q", damage, filepath.Ext(f.Name), x.Why)
		}
	}
}

func keep(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// corpusDocuments returns one document of each extension and of a few sizes from the corpus's messages.
func corpusDocuments(t testing.TB) []parse.File {
	t.Helper()
	dir := os.Getenv("REFERRALD_CORPUS")
	if dir == "" {
		t.Skip("REFERRALD_CORPUS names no corpus")
	}
	messages, err := filepath.Glob(filepath.Join(dir, "mail", "*.eml"))
	if err != nil || len(messages) == 0 {
		t.Fatalf("there is no message in %s (%v)", dir, err)
	}
	found := map[string]parse.File{}
	for _, path := range messages {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m, err := ingest.Open(raw, ingest.DefaultLimits())
		if err != nil {
			continue
		}
		for _, p := range m.Parts {
			key := fmt.Sprintf("%s %d", strings.ToLower(filepath.Ext(p.Name)), len(p.Data)>>14)
			if _, have := found[key]; !have && !p.Body && len(p.Data) < 1<<20 {
				found[key] = parse.File{Name: p.Name, Data: p.Data}
			}
		}
	}
	var out []parse.File
	for _, key := range slices.Sorted(maps.Keys(found)) {
		out = append(out, found[key])
	}
	return out
}

// A damage is one way in which a file is hurt on its way or by intent. Other is another document of the corpus.
var damages = []struct {
	name string
	do   func(r *rand.Rand, data, other []byte) []byte
}{
	{"flipped bits", flipped},
	{"cut short", func(r *rand.Rand, data, _ []byte) []byte { return data[:r.IntN(len(data))] }},
	{"head lost", func(r *rand.Rand, data, _ []byte) []byte { return data[r.IntN(len(data)):] }},
	{"spliced", func(r *rand.Rand, data, other []byte) []byte {
		return append(data[:r.IntN(len(data))], other[r.IntN(len(other)):]...)
	}},
	{"stuttered", func(r *rand.Rand, data, _ []byte) []byte {
		from := r.IntN(len(data))
		to := min(len(data), from+r.IntN(4096))
		return append(bytes.Clone(data[:to]), data[from:]...)
	}},
	{"blanked", func(r *rand.Rand, data, _ []byte) []byte {
		from := r.IntN(len(data))
		clear(data[from:min(len(data), from+1+r.IntN(2048))])
		return data
	}},
	{"numbers changed", func(r *rand.Rand, data, _ []byte) []byte {
		for i, c := range data {
			if c >= '0' && c <= '9' && r.IntN(40) == 0 {
				data[i] = '9'
			}
		}
		return data
	}},
	{"parts exchanged", func(r *rand.Rand, data, other []byte) []byte { return repacked(r, data, other, exchanged) }},
	{"parts hurt", func(r *rand.Rand, data, other []byte) []byte { return repacked(r, data, other, hurt) }},
	{"entities", func(r *rand.Rand, data, other []byte) []byte { return repacked(r, data, other, entities) }},
	{"deep", func(r *rand.Rand, data, other []byte) []byte { return repacked(r, data, other, deep) }},
}

func flipped(r *rand.Rand, data, _ []byte) []byte {
	for range 1 + r.IntN(64) {
		data[r.IntN(len(data))] ^= 1 << r.IntN(8)
	}
	return data
}

// repacked hurts the parts of a zip and packs it again; other files get flipped bits.
func repacked(r *rand.Rand, data, other []byte, hurt func(r *rand.Rand, part, other []byte) []byte) []byte {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return flipped(r, data, other)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	chosen := r.IntN(len(z.File))
	for i, f := range z.File {
		part := unpacked(f)
		if i == chosen || strings.HasSuffix(f.Name, "document.xml") || f.Name == "content.xml" {
			part = hurt(r, part, unpacked(z.File[r.IntN(len(z.File))]))
		}
		if p, err := w.Create(f.Name); err == nil {
			p.Write(part)
		}
	}
	w.Close()
	return out.Bytes()
}

func unpacked(f *zip.File) []byte {
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	data, _ := io.ReadAll(io.LimitReader(r, 8<<20)) // a damaged part is as good here
	return data
}

func exchanged(_ *rand.Rand, _, other []byte) []byte { return other }

func hurt(r *rand.Rand, part, _ []byte) []byte {
	if len(part) == 0 {
		return part
	}
	return flipped(r, part, nil)
}

// entities puts entities that multiply before a part's root.
func entities(_ *rand.Rand, part, _ []byte) []byte {
	var b strings.Builder
	b.WriteString("<!DOCTYPE x [<!ENTITY a0 \"aaaaaaaaaaaaaaaaaaaaaaaa\">")
	for i := range 12 {
		fmt.Fprintf(&b, "<!ENTITY a%d %q>", i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 16))
	}
	b.WriteString("]>")
	at := bytes.Index(part, []byte("?>")) + 1
	if at > 0 {
		at++
	}
	return slices.Concat(part[:at], []byte(b.String()), bytes.ReplaceAll(part[at:], []byte("</w:t>"), []byte("&a12;</w:t>")))
}

// deep puts elements within each other where a part has its first text.
func deep(r *rand.Rand, part, _ []byte) []byte {
	tag := []string{"w:tbl", "text:span", "w:sdt", "table:table"}[r.IntN(4)]
	at := len(part) / 2
	if i := bytes.Index(part[at:], []byte("<w:p>")); i >= 0 {
		at += i
	}
	n := 1 + r.IntN(100_000)
	return slices.Concat(part[:at], bytes.Repeat([]byte("<"+tag+">"), n), part[at:], bytes.Repeat([]byte("</"+tag+">"), n))
}
