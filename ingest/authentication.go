package ingest

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// The profiles of trust: how our own mail server marks the Authentication-Results that it writes.
const (
	ByAuthservID   = "authserv_id"     // by its name at the field's start (RFC 8601, 2.5)
	ExchangeOnline = "exchange_online" // by standing topmost: Exchange writes no name
)

// Trust says whose word counts on who sent a message.
type Trust struct {
	Profile    string // ByAuthservID or ExchangeOnline
	AuthservID string // for ByAuthservID: the name of our own mail server
}

// Authenticated tells whether our own mail server vouches for From's domain: by DMARC, or by SPF or DKIM that pass for a
// domain of the same organisation. Only the topmost field that our server wrote counts: anything below it may have come with
// the message. Without one, with several authors or none, nobody vouches.
func (m *Message) Authenticated(t Trust) bool {
	if m.authors != 1 {
		return false
	}
	domain := domainOf(m.From)
	results, ok := m.ours(t)
	return ok && domain != "" && vouches(results, domain)
}

// ours returns the results that our own server wrote.
func (m *Message) ours(t Trust) ([]result, bool) {
	for _, field := range m.results {
		id, results := parseResults(field)
		switch t.Profile {
		case ExchangeOnline:
			return results, id == "" // the topmost alone
		case ByAuthservID:
			if t.AuthservID != "" && strings.EqualFold(id, t.AuthservID) {
				return results, true
			}
		default:
			return nil, false
		}
	}
	return nil, false
}

// vouches weighs the results for the author's domain.
func vouches(results []result, domain string) bool {
	aligned := false
	for _, r := range results {
		switch r.method {
		case "dmarc":
			switch from := r.domain("header.from"); {
			case from != "" && !isAligned(from, domain):
			case r.value == "pass":
				return true
			case r.value == "fail":
				return false // the domain asks for more than an aligned pass, or none was found
			}
		case "spf":
			aligned = aligned || r.value == "pass" && isAligned(r.domain("smtp.mailfrom", "smtp.envelope-from", "envelope-from"), domain)
		case "dkim":
			aligned = aligned || r.value == "pass" && isAligned(r.domain("header.d", "header.i"), domain)
		}
	}
	return aligned
}

// isAligned tells domains of one organisation (RFC 7489, 3.1: relaxed).
func isAligned(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if a == b {
		return true
	}
	orgA, errA := publicsuffix.EffectiveTLDPlusOne(a)
	orgB, errB := publicsuffix.EffectiveTLDPlusOne(b)
	return errA == nil && errB == nil && orgA == orgB
}

// domainOf returns the domain of an address, or the domain itself, lower case.
func domainOf(address string) string {
	address = strings.Trim(address, "<>\" ")
	return strings.ToLower(strings.Trim(address[strings.LastIndexByte(address, '@')+1:], "."))
}

// A result is one method's verdict with its properties.
type result struct {
	method, value string
	properties    map[string]string
}

// domain returns the domain of the first property that is there.
func (r result) domain(names ...string) string {
	for _, n := range names {
		if v := r.properties[n]; v != "" && v != "none" {
			return domainOf(v)
		}
	}
	return ""
}

// parseResults reads an Authentication-Results field (RFC 8601, 2.2) tolerantly: also one without an id, as Exchange
// writes it, and with comments anywhere.
func parseResults(field string) (id string, results []result) {
	for i, piece := range splitOutside(uncomment(field), ';') {
		words := strings.Fields(spaceless(piece))
		if len(words) == 0 {
			continue
		}
		if i == 0 && !strings.Contains(words[0], "=") {
			id = strings.ToLower(strings.Trim(words[0], `"`))
			words = words[1:]
			if len(words) > 0 && (words[0] == "1" || !strings.Contains(words[0], "=")) {
				words = words[1:] // the version, or "none"
			}
			if len(words) == 0 {
				continue
			}
		}
		if r, ok := parseResult(words); ok {
			results = append(results, r)
		}
	}
	return id, results
}

// parseResult reads "method=value property=value …".
func parseResult(words []string) (result, bool) {
	method, value, ok := strings.Cut(strings.ToLower(words[0]), "=")
	if !ok || method == "" {
		return result{}, false
	}
	method, _, _ = strings.Cut(method, "/") // dkim/1
	r := result{method: method, value: strings.Trim(value, `"`), properties: map[string]string{}}
	for _, word := range words[1:] {
		name, v, ok := strings.Cut(word, "=")
		if name = strings.ToLower(name); ok && r.properties[name] == "" {
			r.properties[name] = strings.Trim(v, `"`)
		}
	}
	return r, true
}

// spaceless takes the blanks from around equals signs.
func spaceless(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = strings.ReplaceAll(s, " =", "=")
	return strings.ReplaceAll(s, "= ", "=")
}

// uncomment takes comments out, which may be nested, and leaves of quoted text only what an address is made of: a sender
// chooses what stands in both (an envelope's local part, a greeting), and must not be able to write results there. What is
// not closed hides the rest.
func uncomment(s string) string {
	var b strings.Builder
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && (quoted || depth > 0):
			i++
			c = '_'
		case c == '"':
			quoted = !quoted
		case c == '(' && !quoted:
			depth++
			b.WriteByte(' ')
		case c == ')' && !quoted && depth > 0:
			depth--
			continue
		}
		switch {
		case depth > 0:
		case quoted && c != '"' && !isAddressByte(c):
			b.WriteByte('_')
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isAddressByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("@.-+_", c) >= 0
}
