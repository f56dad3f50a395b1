package html

import (
	"strings"

	"golang.org/x/net/html"
)

// isQuote tells an element that holds an earlier mail. A blockquote that only indents (Gmail's "indent more") does not.
func isQuote(n *html.Node) bool {
	class := attr(n, "class")
	if n.Data == "blockquote" {
		style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
		indents := strings.Contains(style, "border:none") || strings.Contains(style, "margin:00040px")
		return attr(n, "type") == "cite" || class != "" || !indents
	}
	if strings.HasSuffix(attr(n, "id"), "mail-editor-reference-message-container") { // Outlook on telephones
		return true
	}
	if answered(n) != nil {
		return false
	}
	for _, name := range [...]string{"gmail_quote", "moz-forward-container", "yahoo_quoted", "protonmail_quote", "zmail_extra", "moz-cite-prefix", "tutanota_quote"} {
		if strings.Contains(class, name) {
			return true
		}
	}
	return false
}

// answered returns the first quotation of a box that a mail program put around the mail that is answered, where it is one:
// the line above it and more quotations are the earlier mail, and what stands between and below those is the writer's answer.
func answered(n *html.Node) *html.Node {
	class := attr(n, "class")
	if n.Data != "div" || !strings.Contains(class, "gmail_quote") && !strings.Contains(class, "protonmail_quote") {
		return nil
	}
	var above strings.Builder
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode && k.Data == "blockquote" {
			line := strings.TrimSpace(above.String())
			if !strings.HasSuffix(line, ":") || strings.Contains(strings.ToLower(line), "forwarded message") {
				return nil // a forwarded mail, whose own quotation this is
			}
			return k
		}
		gather(&above, k, maxWords)
	}
	return nil
}

// beginsQuote tells an element from which on all of the page is an earlier mail: the header that Outlook puts above it.
func (r *reader) beginsQuote(n *html.Node) bool {
	if r.quoting || n.Data != "div" && n.Data != "hr" && n.Data != "p" {
		return false
	}
	id := attr(n, "id")
	for _, part := range [...]string{"divRplyFwdMsg", "appendonsend", "stopSpelling", "OLK_SRC_BODY_SECTION", "zwchr"} {
		if strings.HasSuffix(id, part) {
			return true
		}
	}
	if strings.Contains(attr(n, "class"), "OutlookMessageHeader") {
		return true
	}
	style := strings.ToLower(attr(n, "style"))
	return strings.Contains(style, "border-top:") && isMailHeader(wordsOf(n))
}

// isMailHeader tells words that begin with the header lines of a quoted mail.
func isMailHeader(words string) bool {
	words = strings.ToLower(strings.Join(strings.Fields(words), " "))
	if !strings.HasPrefix(words, "from:") {
		return false
	}
	return strings.Contains(words, "sent:") || strings.Contains(words, "date:") || strings.Contains(words, "subject:")
}

// isComment tells the sign in the text of a comment that Word's reviewers made, whose words stand apart.
func isComment(n *html.Node) bool {
	class := attr(n, "class")
	return strings.Contains(class, "msocomanchor") || strings.Contains(class, "MsoCommentReference")
}
