package pdf

import "bytes"

// No part of a PDF file is proved by a sum of its own, and a file that was cut off or changed on its way opens as if it were
// whole: without a page, or with the empty form that it was before it was filled in. What gives it away is that something
// is named and not there.

// A survey looks for everything that the pages and fields of a file are made of.
type survey struct {
	*rewriter
	seen map[int]bool
	torn bool
}

// missing tells whether something that the pages and fields name is not there.
func (w *rewriter) missing(root node) bool {
	s := survey{rewriter: w, seen: map[int]bool{}}
	catalogue := w.resolve(root)
	pages, form := catalogue.key("Pages"), catalogue.key("AcroForm")
	s.visit(pages, 0)
	s.visit(form, 0)
	return s.torn || s.pagesMissing(w.resolve(pages))
}

// visit looks at a value and all that it names, each object once.
func (s *survey) visit(n node, depth int) {
	if n.kind == reference {
		if s.seen[n.number] {
			return
		}
		s.seen[n.number] = true
		o := s.objects[n.number]
		if o == nil || o.hurt {
			s.torn = true
			return
		}
		n = o.body
	}
	if s.torn || depth > maxNesting {
		return
	}
	for i := range n.items {
		if n.kind == dict && (i%2 == 0 || aside(n.items[i-1].bytes)) {
			continue
		}
		s.visit(n.items[i], depth+1)
	}
}

// aside tells the entries of dictionaries that lead away from what a page shows or are not needed to read it. Programs that
// take a page out of a file leave such entries behind.
func aside(key []byte) bool {
	switch string(key) {
	case "P", "Dest", "A", "AA", "PA", "B", "Popup", "IRT", "Metadata", "PieceInfo", "Thumb", "StructParents", "StructParent", "StructTreeRoot",
		"Length", "FontFile", "FontFile2", "FontFile3", "CIDSet", "CharSet", "CO", "XFA", "Prev", "Next", "OPI", "Alternates", "Ref", "OC", "ColorSpace", "ExtGState",
		"Pattern", "Shading", "Properties", "SigFieldLock", "Lock", "SV", "MK", "BS", "BE":
		return true
	}
	return false
}

// pagesMissing tells whether the page tree says that it has more pages than it has.
func (s *survey) pagesMissing(tree node) bool {
	said := s.resolve(tree.key("Count"))
	clear(s.seen)
	return said.kind == number && said.number <= maxPages && said.number > s.pages(tree, 0)
}

// pages counts the leaves of the page tree. A part of it that is named over and over counts once.
func (s *survey) pages(n node, depth int) int {
	kids := s.resolve(n.key("Kids"))
	if kids.kind != list {
		return 1
	}
	sum := 0
	for _, kid := range kids.items {
		branch := s.resolve(kid)
		if branch.kind != dict || depth > maxTreeDepth || s.seen[kid.number] && branch.key("Kids").kind != nothing {
			continue
		}
		s.seen[kid.number] = true
		sum += s.pages(branch, depth+1)
	}
	return sum
}

// updateCut tells whether objects stand behind the last end of the file without a cross-reference of their own: an update,
// such as a program appends when a form is filled in, that was cut off.
func (w *rewriter) updateCut() bool {
	end := bytes.LastIndex(w.data, []byte("%%EOF"))
	if end < 0 {
		return false // nothing was complete before: what is missing is missed
	}
	rest := w.data[end:]
	for _, o := range w.objects {
		if o.at > end {
			return !bytes.Contains(rest, []byte("xref")) && !bytes.Contains(rest, []byte("/XRef"))
		}
	}
	return false
}
