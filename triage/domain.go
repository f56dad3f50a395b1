package triage

import (
	"slices"
	"strings"
)

// domainOf returns the mail domain of an address, lower case and without a trailing dot or the CJSM gateway's suffix
// (name@school.cjsm.net is the school's own address over the Criminal Justice Secure Mail service), or "".
func domainOf(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at <= 0 {
		return ""
	}
	d := strings.TrimSuffix(strings.ToLower(strings.TrimSpace(address[at+1:])), ".")
	if bare := strings.TrimSuffix(d, ".cjsm.net"); strings.Contains(bare, ".") {
		d = bare
	}
	if !wellFormedDomain(d) {
		return ""
	}
	return d
}

// wellFormedDomain tells whether a name is made of letters, digits, hyphens and dots alone and has at least two labels.
// Letters of other scripts, in which look-alikes are written, are none here.
func wellFormedDomain(d string) bool {
	if len(d) > 253 || !strings.Contains(d, ".") || strings.Contains(d, "..") || d[0] == '.' || d[len(d)-1] == '.' {
		return false
	}
	for i := 0; i < len(d); i++ {
		if c := d[i]; c != '-' && c != '.' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// matchesDomain tells whether a domain fits one of the patterns: "nhs.net" is that very domain, "*.police.uk" every
// domain below it. Both respect the dots, so that "notpolice.uk" fits neither.
func matchesDomain(domain string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		if rest, ok := strings.CutPrefix(p, "*."); ok {
			return len(domain) > len(rest)+1 && strings.HasSuffix(domain, rest) && domain[len(domain)-len(rest)-1] == '.'
		}
		return domain == p
	})
}

// parentDomain returns the domain above, or "" above two labels.
func parentDomain(d string) string {
	_, up, _ := strings.Cut(d, ".")
	if !strings.Contains(up, ".") {
		return ""
	}
	return up
}

// localPart returns what stands before the @.
func localPart(address string) string {
	at := strings.LastIndexByte(address, '@')
	return strings.ToLower(address[:max(at, 0)])
}

// ukSuffixes are the names below "uk" under which anybody registers; below "sch.uk" each local authority has its own.
const ukSuffixes = " ac co gov ltd me net nhs org plc police sch "

// ownedDomain returns the part of a domain that one owner registered ("otterby.org.uk", "elm.staffs.sch.uk"), or "" for
// a name under which anybody can have one. It knows the names of the United Kingdom; elsewhere two labels are owned.
func ownedDomain(d string) string {
	labels := strings.Split(d, ".")
	n := 2
	if last := len(labels) - 1; last >= 1 && labels[last] == "uk" && strings.Contains(ukSuffixes, " "+labels[last-1]+" ") {
		n = 3
		if labels[last-1] == "sch" {
			n = 4
		}
	}
	if len(labels) < n {
		return ""
	}
	return strings.Join(labels[len(labels)-n:], ".")
}

// subdomainOf returns what stands before the part of a domain that one owner registered, or "".
func subdomainOf(d string) string {
	return strings.TrimSuffix(strings.TrimSuffix(d, ownedDomain(d)), ".")
}

// bareAddress tells whether a text is one mail address and nothing else.
func bareAddress(s string) bool {
	local := localPart(s)
	return local != "" && !strings.ContainsAny(local, " \t\r\n@<>(),;:\"\\[]") && domainOf(s) != "" && !strings.ContainsAny(s, " \r\n")
}
