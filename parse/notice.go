package parse

import "strings"

// notices are words that only mail systems and standing footers use. Each is long enough that no one writes it about a
// child.
var notices = []string{
	"this email and any attachment", "this e-mail and any attachment", "this message and any attachment", "this email (and any attachment", "this e-mail (and any attachment",
	"any files transmitted with it", "intended solely for", "solely for the use of", "intended only for", "for the intended recipient", "not the intended recipient", "intended recipient",
	"received this email in error", "received this e-mail in error", "received this message in error", "received it in error", "received this in error",
	"legally privileged", "may contain confidential", "contains confidential information", "is confidential and may", "unauthorised use", "unauthorized use", "in this e-mail is confidential",
	"in this email is confidential", "consider the environment", "think before you print", "before printing this", "checked for viruses", "scanned for viruses", "scanned for spam", "virus-free",
	"has been swept by", "free from viruses", "computer virus", "views expressed in this", "views or opinions", "opinions expressed in this", "do not necessarily represent", "do not necessarily reflect",
	"registered charity", "registered in england", "registered office", "company number", "company registration", "company limited by guarantee", "vat registration", "charity number",
	"registered in scotland", "exempt charity", "from outside the organisation", "from outside of the organisation",
	"from outside your organisation", "from outside of your organisation", "external email", "external sender", "external e-mail", "[external]", "do not click links", "do not click on links",
	"don't click links", "do not open attachments", "unless you recognise the sender", "unless you trust the sender", "think before you click", "sender might be impersonating", "sender may be impersonating",
	"you don't often get email from", "you do not often get email from", "learn why this is important", "sent from outlook", "get outlook for", "sent from yahoo", "sent from mail for",
	"our privacy notice", "our privacy policy", "subject to the freedom of information", "emails may be monitored", "emails are monitored", "communications may be monitored", "email is monitored",
	"learn about messages protected", "follow us on twitter", "follow us on facebook", "follow us on x", "follow us on instagram", "follow us on linkedin", "follow us on social", "visit our website",
	"please note my working", "my working days", "my working hours", "my working pattern", "i work flexibly", "outside of your hours", "outside your working hours", "outside of your working hours",
	"was sent securely", "sent securely with", "sent securely using", "email has been classified", "message has been classified", "classified as official", "click here to report", "report this email as", "report phishing", "to unsubscribe from",
	"operation encompass school", "neges e-bost hon", "yn gymraeg neu yn saesneg", "write to us in welsh",
}

// warners begin a mail system's warning, where it speaks of mail: "Caution: he carries a knife" is the writer's.
var warners = [...]string{"caution", "warning", "alert", "notice", "disclaimer"}

// mailWords are of which such a warning speaks.
var mailWords = [...]string{"this email", "this e-mail", "this message", "this mail", "the sender", "external email", "external e-mail", "external mail", "external sender", "external message", "attachments", "recipient"}

// origins tell where a mail came from, where the line speaks of mail: older lads come from outside too.
var origins = []string{"originated outside", "originated from outside", "came from outside", "sent from outside"}

// noticeHead is how far into a line a notice's words may stand: what comes later in a long paragraph may be the writer's.
const noticeHead = 160

// isNotice tells a disclaimer or banner by its words. In a long paragraph only the beginning counts.
func isNotice(line string) bool {
	lower := strings.ToLower(strings.ReplaceAll(line, "’", "'"))
	head := lower[:min(len(lower), noticeHead)]
	if strings.HasPrefix(head, "sent from my ") {
		return true
	}
	for _, w := range warners {
		if strings.HasPrefix(head, w) && containsAny(head, mailWords[:]) {
			return true
		}
	}
	return containsAny(head, notices) || containsAny(head, origins) && containsAny(head, []string{"email", "e-mail", "message", "sender"})
}

func containsAny(text string, list []string) bool {
	for _, s := range list {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

// standing begins what signatures tell every reader of what to do about a child, and their mottos.
var standing = [...]string{
	"if you are worried", "if you are concerned", "if you're worried", "if you're concerned", "if you have a concern", "if you have any concern", "if you have concerns",
	"if you have a safeguarding", "if you have any safeguarding", "if you think a child", "if you believe a child", "if you suspect", "if a child is", "in an emergency",
	"in case of emergency", "worried about", "concerned about", "need help", "to report", "report a concern", "call 999", "ring 999", "dial 999", "safeguarding is everyone",
}

// isStanding tells such a line under a signature. One that speaks of somebody is the writer's.
func isStanding(line string) bool {
	lower := " " + strings.ToLower(strings.ReplaceAll(line, "’", "'"))
	for _, s := range standing {
		if strings.HasPrefix(lower[1:], s) {
			return !speaksOfSomebody(lower)
		}
	}
	return strings.Contains(lower, " committed to safeguarding") && !speaksOfSomebody(lower)
}

func speaksOfSomebody(lower string) bool {
	return containsAny(lower, []string{" he ", " she ", " him ", " her ", " his ", " they "})
}
