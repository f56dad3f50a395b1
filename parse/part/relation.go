package part

import (
	"path"
	"strings"
)

// A Relation is one target that a part refers to (ECMA-376-2, 9.3).
type Relation struct {
	Kind   string // the last step of its type: "header", "image", …
	Target string // the part's name in the archive
}

// Relations returns what a part refers to within the archive, by their ids. A part without any, or whose list of them is
// damaged, has none.
func (a *Archive) Relations(name string) map[string]Relation {
	dir, base := path.Split(name)
	root, err := a.Tree(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil
	}
	out := make(map[string]Relation, len(root.Kids))
	for _, rel := range root.Kids {
		if rel.Name != "Relationship" || rel.Value("TargetMode") == "External" {
			continue
		}
		target := rel.Value("Target")
		if strings.HasPrefix(target, "/") {
			target = target[1:]
		} else {
			target = path.Join(dir, target)
		}
		out[rel.Value("Id")] = Relation{Kind: path.Base(rel.Value("Type")), Target: target}
	}
	return out
}
