package html

import (
	"strings"

	"golang.org/x/net/html"
)

// A sheet holds the rules of a page's style elements that name one element, class or id: what word processors write.
// Selectors of several parts are passed over; their order of strength is that of CSS for these simple ones.
type sheet struct {
	tags, classes, tagClasses, ids map[string]string // selector to declarations
	passed                         bool              // a rule that is passed over colours a ground
}

// Limits of a style sheet: those of mails hold some hundred rules.
const (
	maxRules = 5000
	maxCSS   = 1 << 20
)

// readSheet gathers the rules of all style elements of a page.
func readSheet(root *html.Node) *sheet {
	s := &sheet{tags: map[string]string{}, classes: map[string]string{}, tagClasses: map[string]string{}, ids: map[string]string{}}
	var css strings.Builder
	gatherCSS(&css, root, 0)
	rules := 0
	for rest := uncommented(css.String()); rest != "" && rules < maxRules; rules++ {
		selectors, after, ok := strings.Cut(rest, "{")
		if !ok {
			break
		}
		if strings.HasPrefix(strings.TrimSpace(selectors), "@") {
			rest = afterBlock(after)
			continue
		}
		var declarations string
		declarations, rest, _ = strings.Cut(after, "}")
		for selector := range strings.SplitSeq(selectors, ",") {
			s.add(strings.TrimSpace(selector), declarations)
		}
	}
	return s
}

func gatherCSS(css *strings.Builder, n *html.Node, depth int) {
	if css.Len() > maxCSS || depth > maxDepth {
		return
	}
	if n.Type == html.ElementNode && n.Data == "style" {
		gather(css, n, maxCSS)
		css.WriteByte('\n')
		return
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		gatherCSS(css, k, depth+1)
	}
}

// uncommented returns CSS without its comments and the marks that hide it from old browsers.
func uncommented(css string) string {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(css, "/*")
		b.WriteString(before)
		if !ok {
			break
		}
		_, css, _ = strings.Cut(after, "*/")
	}
	return strings.NewReplacer("<!--", "", "-->", "").Replace(b.String())
}

// afterBlock returns what follows an at-rule's block, the blocks within it left out: conditions are not weighed.
func afterBlock(css string) string {
	depth := 1
	for i, c := range css {
		switch c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return css[i+1:]
			}
		}
	}
	return ""
}

func (s *sheet) add(selector, declarations string) {
	if selector == "" || strings.ContainsAny(selector, " >+~[:*\t\n") {
		s.passed = s.passed || strings.Contains(declarations, "background")
		return
	}
	tag, class, classed := strings.Cut(selector, ".")
	switch {
	case strings.HasPrefix(selector, "#"):
		extend(s.ids, selector[1:], declarations)
	case !classed:
		extend(s.tags, strings.ToLower(tag), declarations)
	case strings.Contains(class, "."):
	case tag == "":
		extend(s.classes, class, declarations)
	default:
		extend(s.tagClasses, strings.ToLower(tag)+"."+class, declarations)
	}
}

// maxDeclarations bounds what the rules of one selector say together, in bytes.
const maxDeclarations = 4 << 10

func extend(rules map[string]string, selector, declarations string) {
	if len(rules[selector])+len(declarations) < maxDeclarations {
		rules[selector] += ";" + declarations
	}
}

// grounds tells whether a rule that is passed over colours a ground.
func (s *sheet) grounds() bool { return s != nil && s.passed }

// of returns the declarations that apply to an element, the stronger later, its own style last.
func (s *sheet) of(n *html.Node) string {
	if s == nil {
		return attr(n, "style")
	}
	css := s.tags[n.Data]
	for class := range strings.FieldsSeq(attr(n, "class")) {
		css += s.classes[class] + s.tagClasses[n.Data+"."+class]
	}
	if id := attr(n, "id"); id != "" {
		css += s.ids[id]
	}
	if own := attr(n, "style"); own != "" {
		css += ";" + own
	}
	return css
}
