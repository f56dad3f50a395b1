package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the repository's folder, seen from this package's tests.
const root = "../.."

// modulePath begins the import path of every package of ours.
const modulePath = "referrald/"

// floors are the architecture: each folder with those that it may import from. Everything inside one folder is one
// floor, so that a reader may use the document that it fills.
var floors = map[string][]string{
	"parse":  {},
	"ingest": {},
	"triage": {"parse"},
	"notify": {"triage", "parse"},
	"store":  {"notify", "triage", "parse"},
	"cmd":    {"ingest", "parse", "triage", "notify", "store"},
}

// A goFile is one file of ours that is compiled into the daemon.
type goFile struct {
	path string // from the root, with slashes
	tree *ast.File
}

func (f *goFile) floor() string {
	floor, _, _ := strings.Cut(f.path, "/")
	return floor
}

func (f *goFile) imports(t *testing.T) (all []string) {
	t.Helper()
	for _, i := range f.tree.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatalf("%s: %v", f.path, err)
		}
		all = append(all, name)
	}
	return all
}

// goFiles parses every file of the repository but tests, whatever system it is built for.
func goFiles(t *testing.T) (all []goFile) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || name != root && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			return err
		}
		short, err := filepath.Rel(root, name)
		all = append(all, goFile{filepath.ToSlash(short), tree})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 100 {
		t.Fatalf("found %d files; the test looks into the wrong folder", len(all))
	}
	return all
}

// edgeFault says why a file of a floor may not import a package, or "".
func edgeFault(floor, imported string) string {
	ours, isOurs := strings.CutPrefix(imported, modulePath)
	if !isOurs {
		return ""
	}
	allowed, known := floors[floor]
	if !known {
		return "stands in a folder that is no floor"
	}
	to, _, _ := strings.Cut(ours, "/")
	if to != floor && !slices.Contains(allowed, to) {
		return "imports " + imported + ", which is no floor below it"
	}
	if base := path.Base(ours); base == "mailtest" || base == "pgtest" {
		return "imports " + imported + ", which is for tests"
	}
	return ""
}

// The folder list is the architecture: imports point down, and by no other edge than the ones named.
func TestImportsPointDown(t *testing.T) {
	for _, f := range goFiles(t) {
		if _, known := floors[f.floor()]; !known {
			t.Errorf("%s stands in a folder that is no floor", f.path)
		}
		for _, name := range f.imports(t) {
			if fault := edgeFault(f.floor(), name); fault != "" {
				t.Errorf("%s %s", f.path, fault)
			}
		}
	}
}

func TestEdgeFault(t *testing.T) {
	for _, tt := range []struct {
		floor, imported string
		allowed         bool
	}{
		{"triage", "referrald/parse/form", true},
		{"triage", "referrald/triage/prose", true},
		{"triage", "referrald/notify", false},
		{"triage", "referrald/ingest", false},
		{"parse", "referrald/triage", false},
		{"ingest", "referrald/parse/form", false},
		{"parse", "referrald/ingest", false},
		{"store", "referrald/ingest", false},
		{"notify", "referrald/store/vault", false},
		{"cmd", "referrald/store", true},
		{"cmd", "referrald/store/pgtest", false},
		{"util", "referrald/parse", false},
		{"parse", "golang.org/x/net/html", true},
	} {
		if got := edgeFault(tt.floor, tt.imported) == ""; got != tt.allowed {
			t.Errorf("%s imports %s: allowed = %v, want %v", tt.floor, tt.imported, got, tt.allowed)
		}
	}
}

// worldly are the packages through which the world comes in or goes out. What decides must not know them.
var worldly = []string{"net", "database/sql", "log", "os/exec"}

func isWorldly(imported string) bool {
	return slices.ContainsFunc(worldly, func(w string) bool { return imported == w || strings.HasPrefix(imported, w+"/") })
}

// Reading and deciding are functions of what they are given: no network, SQL, logger, process or clock. What a package for
// tests alone measures them with is none of them.
func TestReadingAndDecidingKnowNoWorld(t *testing.T) {
	for _, f := range goFiles(t) {
		if floor := f.floor(); floor != "parse" && floor != "triage" || strings.HasSuffix(filepath.Dir(f.path), "test") {
			continue
		}
		for _, name := range f.imports(t) {
			if isWorldly(name) {
				t.Errorf("%s imports %s", f.path, name)
			}
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && readsClock(s) {
				t.Errorf("%s asks the clock: time.%s", f.path, s.Sel.Name)
			}
			return true
		})
	}
}

func readsClock(s *ast.SelectorExpr) bool {
	x, ok := s.X.(*ast.Ident)
	return ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, s.Sel.Name)
}

// Only the command starts processes: the reading child and the OCR engine. The servers of tests are the exception.
func TestOnlyTheCommandStartsProcesses(t *testing.T) {
	for _, f := range goFiles(t) {
		base := path.Base(path.Dir(f.path))
		if f.floor() == "cmd" || base == "mailtest" || base == "pgtest" {
			continue
		}
		if slices.Contains(f.imports(t), "os/exec") {
			t.Errorf("%s starts a process", f.path)
		}
	}
}

// Each package says in its doc.go what it owns and what it never does.
func TestEveryPackageHasItsDocument(t *testing.T) {
	documented := map[string]bool{}
	for _, f := range goFiles(t) {
		folder := path.Dir(f.path)
		documented[folder] = documented[folder] || path.Base(f.path) == "doc.go" && f.tree.Doc != nil
	}
	for folder, ok := range documented {
		if !ok {
			t.Errorf("%s has no doc.go that begins with words about the package", folder)
		}
	}
}
