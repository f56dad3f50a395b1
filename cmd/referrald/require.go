package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Need names a section that a command needs whole. explain needs none: it opens no mailbox and no database.
type Need uint

// What a command can need.
const (
	NeedMail Need = 1 << iota
	NeedSMTP
	NeedStore
	NeedDigest
	NeedHTTP
)

// Require checks what the command needs and reports every fault at once, with its key and a remedy.
func (c *Config) Require(need Need) error {
	var f Faults
	f = append(f, c.dataFaults()...)
	f = append(f, c.readingFaults()...)
	f = append(f, c.trackerFaults()...)
	f = append(f, c.logFaults()...)
	if need&NeedMail != 0 {
		f = append(f, c.mailFaults()...)
		f = append(f, c.watchdogFaults()...)
	}
	if need&NeedSMTP != 0 {
		f = append(f, c.smtpFaults()...)
	}
	if need&NeedStore != 0 {
		f = append(f, c.storeFaults()...)
	}
	if need&NeedDigest != 0 {
		f = append(f, c.digestFaults()...)
	}
	if need&NeedHTTP != 0 {
		f = append(f, c.httpFaults()...)
	}
	if len(f) > 0 {
		return distinct(f)
	}
	return nil
}

// distinct drops a fault that two sections share, such as [oauth] for mail and for smtp.
func distinct(all Faults) (once Faults) {
	for _, f := range all {
		if !slices.Contains(once, f) {
			once = append(once, f)
		}
	}
	return once
}

func (c *Config) dataFaults() (f Faults) {
	for _, file := range []struct{ key, path string }{
		{"data.schools", c.Data.Schools}, {"data.postcodes", c.Data.Postcodes}, {"policy.file", c.Policy.File},
		{"policy.labels", c.Policy.Labels}, {"policy.words", c.Policy.Words}, {"letters.templates", c.Letters.Templates},
	} {
		if file.path == "" {
			continue
		}
		if _, err := os.Stat(file.path); err != nil {
			f = append(f, Fault{file.key, "there is no " + file.path + " that can be read", "Name an existing file (a relative path starts at the configuration file's folder), or take the key out."})
		}
	}
	switch c.Mail.TrustProfile {
	case "authserv_id", "exchange_online":
	default:
		f = append(f, Fault{"mail.trust_profile", fmt.Sprintf("%q is not known", c.Mail.TrustProfile), `Write "authserv_id" or, for Microsoft 365, "exchange_online".`})
	}
	return f
}

func (c *Config) readingFaults() (f Faults) {
	if d := time.Duration(c.Reading.Deadline); d < time.Second || d > 10*time.Minute {
		f = append(f, Fault{"reading.deadline", "is not between 1s and 10m", "30s suits most machines."})
	}
	if c.Reading.MemoryMiB < 256 || c.Reading.MemoryMiB > 16384 {
		f = append(f, Fault{"reading.memory_mib", "is not between 256 and 16384", "768 suits most machines."})
	}
	return f
}

// logFaults refuses what would otherwise be taken for the default without a word.
func (c *Config) logFaults() (f Faults) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Log.Level)); err != nil {
		f = append(f, Fault{"log.level", fmt.Sprintf("%q is not known", c.Log.Level), "Write debug, info, warn or error."})
	}
	if !slices.Contains([]string{"auto", "text", "json"}, c.Log.Format) {
		f = append(f, Fault{"log.format", fmt.Sprintf("%q is not known", c.Log.Format), "Write auto, text or json."})
	}
	return f
}

// trackerFaults refuses the watched mailbox itself: a notice would come back as a referral.
func (c *Config) trackerFaults() Faults {
	switch {
	case c.Tracker.Hub == "":
		return nil
	case strings.EqualFold(c.Tracker.Hub, c.Service.Address):
		return Faults{{"tracker.hub", "is the watched mailbox itself", "Name the hub's own address, or take the key out."}}
	}
	return addressFault("tracker.hub", c.Tracker.Hub)
}

func (c *Config) mailFaults() (f Faults) {
	f = append(f, serverFaults("mail", c.Mail.Host, c.Mail.Port, c.Mail.TLS, c.Mail.CAFile)...)
	if c.Mail.User == "" {
		f = append(f, Fault{"mail.user", "is missing", "Write the mailbox's user name, often its address."})
	}
	f = append(f, c.authFaults("mail", c.Mail.Auth, c.Mail.Password)...)
	f = append(f, c.watchedFaults()...)
	if c.Mail.TrustProfile == "authserv_id" && c.Mail.TrustedAuthservID == "" {
		f = append(f, Fault{"mail.trusted_authserv_id", "is missing", `Write the name that your own mail server puts at the start of its Authentication-Results lines; without it no sender counts as verified. For Microsoft 365 set mail.trust_profile = "exchange_online".`})
	}
	if d := time.Duration(c.Mail.Poll); d < time.Second || d > time.Hour {
		f = append(f, Fault{"mail.poll", "is not between 1s and 1h", "1m suits most mailboxes."})
	}
	if c.Mail.LargestMiB < 1 || c.Mail.LargestMiB > 200 {
		f = append(f, Fault{"mail.largest_mib", "is not between 1 and 200", "50 suits most mailboxes."})
	}
	return append(f, c.folderFaults()...)
}

// watchedFaults finds what is no list of folders to watch.
func (c *Config) watchedFaults() (f Faults) {
	if len(c.Mail.Folders) == 0 {
		f = append(f, Fault{"mail.folders", "names no folder", `Write folders = ["INBOX"].`})
	}
	seen := map[string]bool{}
	for _, name := range c.Mail.Folders {
		switch {
		case name == "":
			f = append(f, Fault{"mail.folders", "holds an empty name", `Write folders = ["INBOX"].`})
		case name == c.Mail.Junk:
			f = append(f, Fault{"mail.junk", "is also among mail.folders", "Name it once: what comes out of junk is known for that."})
		case seen[name]:
			f = append(f, Fault{"mail.folders", fmt.Sprintf("names %q twice", name), "Name it once."})
		}
		seen[name] = true
	}
	return f
}

// folderFaults finds outcome folders that are missing, unknown, or watched themselves, which would take a settled
// message for a new one.
func (c *Config) folderFaults() (f Faults) {
	known := defaultConfig().Mail.OutcomeFolders
	watched := map[string]bool{}
	for _, name := range c.Mail.Folders {
		watched[name] = true
	}
	for outcome, folder := range c.Mail.OutcomeFolders {
		key := "mail.outcome_folders." + outcome
		switch {
		case known[outcome] == "":
			f = append(f, Fault{key, "no such outcome", "The outcomes are accept, request_information, signpost, hold and ignore."})
		case folder == "":
			f = append(f, Fault{key, "is empty", "Name a folder, for example " + known[outcome] + "."})
		case watched[folder] || folder == c.Mail.Junk:
			f = append(f, Fault{key, "is also a watched folder", "Settled messages must go to a folder that is not in mail.folders and is not mail.junk."})
		}
	}
	return f
}

func (c *Config) smtpFaults() (f Faults) {
	f = append(f, serverFaults("smtp", c.SMTP.Host, c.SMTP.Port, c.SMTP.TLS, c.SMTP.CAFile)...)
	f = append(f, addressFault("service.address", c.Service.Address)...)
	if c.SMTP.EnvelopeFrom != "" {
		f = append(f, addressFault("smtp.envelope_from", c.SMTP.EnvelopeFrom)...)
	}
	if c.SMTP.User != "" {
		f = append(f, c.authFaults("smtp", c.SMTP.Auth, c.SMTP.Password)...)
	}
	if c.SMTP.User == "" && c.SMTP.Password != "" {
		f = append(f, Fault{"smtp.user", "is missing though smtp.password is set", "Write the user name, or take the password out."})
	}
	return f
}

func serverFaults(section, host string, port int, security, ca string) (f Faults) {
	if host == "" {
		f = append(f, Fault{section + ".host", "is missing", "Write the server's name, for example outlook.office365.com."})
	}
	if port < 1 || port > 65535 {
		f = append(f, Fault{section + ".port", "is not a port", "993 (imap) and 587 (smtp) are the usual ones."})
	}
	switch security {
	case "tls", "starttls":
	case "none":
		if host != "" && !isLoopback(host) {
			f = append(f, Fault{section + ".tls", `"none" would send passwords and children's names in clear to ` + host, `Write "tls" or "starttls"; "none" is for loopback only.`})
		}
	default:
		f = append(f, Fault{section + ".tls", fmt.Sprintf("%q is not known", security), `Write "tls" or "starttls".`})
	}
	if ca != "" {
		if _, err := os.ReadFile(ca); err != nil {
			f = append(f, Fault{section + ".ca_file", "cannot be read", "Name a PEM file with the server's certificate authority, or take the key out."})
		}
	}
	return f
}

// authFaults checks how one server is logged in to: by a password, or by the tokens of [oauth].
func (c *Config) authFaults(section, auth string, password Secret) (f Faults) {
	env := "REFERRALD_" + strings.ToUpper(section) + "_PASSWORD"
	switch auth {
	case "password":
		if password == "" {
			f = append(f, Fault{section + ".password", "is missing", "Set " + env + ", or " + env + "_FILE to a file that holds it."})
		}
	case "oauth":
		if password != "" {
			f = append(f, Fault{section + ".password", `is set though auth is "oauth"`, "Keep one of the two."})
		}
		f = append(f, c.oauthFaults()...)
	default:
		f = append(f, Fault{section + ".auth", fmt.Sprintf("%q is not known", auth), `Write "password" or, for Microsoft 365, "oauth".`})
	}
	return f
}

func (c *Config) oauthFaults() (f Faults) {
	for _, need := range []struct{ key, value, remedy string }{
		{"oauth.token_url", c.OAuth.TokenURL, "For Microsoft 365: https://login.microsoftonline.com/TENANT/oauth2/v2.0/token; for Gmail: https://oauth2.googleapis.com/token."},
		{"oauth.client_id", c.OAuth.ClientID, "Write the app registration's application (client) id."},
	} {
		if need.value == "" {
			f = append(f, Fault{need.key, "is missing", need.remedy})
		}
	}
	if u, err := url.Parse(c.OAuth.TokenURL); c.OAuth.TokenURL != "" && (err != nil || u.Host == "" || u.Scheme != "https" && !isLoopback(u.Hostname())) {
		f = append(f, Fault{"oauth.token_url", "is not an https address", "The secret would travel in clear."})
	}
	return append(f, c.OAuth.proofFaults()...)
}

// proofFaults checks how the application proves itself: by one of two ways, or, with a refresh token, by none.
func (c *OAuthConfig) proofFaults() (f Faults) {
	certificate := c.CertificateFile != "" || c.PrivateKey != ""
	switch {
	case c.ClientSecret != "" && certificate:
		f = append(f, Fault{"oauth.client_secret", "is set beside a certificate", "Keep oauth.client_secret, or oauth.certificate_file with oauth.private_key."})
	case c.CertificateFile != "" && c.PrivateKey == "":
		f = append(f, Fault{"oauth.private_key", "is missing", "Set REFERRALD_OAUTH_PRIVATE_KEY_FILE to the PEM file of the certificate's key."})
	case c.PrivateKey != "" && c.CertificateFile == "":
		f = append(f, Fault{"oauth.certificate_file", "is missing though oauth.private_key is set", "Name the PEM file of the key's certificate."})
	case certificate:
		var wrong Faults
		if _, err := loadCertificate(*c); errors.As(err, &wrong) {
			f = append(f, wrong...)
		}
	case c.ClientSecret == "" && c.RefreshToken == "":
		f = append(f, Fault{"oauth.client_secret", "is missing", "Set REFERRALD_OAUTH_CLIENT_SECRET, or REFERRALD_OAUTH_CLIENT_SECRET_FILE to a file that holds it; or use a certificate."})
	}
	if certificate && !c.SecretExpires.IsZero() {
		f = append(f, Fault{"oauth.secret_expires", "is set beside a certificate", "Take it out: the certificate's own date is read."})
	}
	if c.Assertion != "PS256" && c.Assertion != "RS256" {
		f = append(f, Fault{"oauth.assertion", fmt.Sprintf("%q is not known", c.Assertion), `Write "PS256", or "RS256" for an endpoint that knows no other.`})
	}
	return f
}

// Bounds of the time between trial messages.
const (
	shortestCanary = 10 * time.Minute
	longestCanary  = 24 * time.Hour
)

// watchdogFaults checks the road past the mail.
func (c *Config) watchdogFaults() (f Faults) {
	if address := string(c.Watchdog.Webhook); address != "" {
		u, err := url.Parse(address)
		switch {
		case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
			f = append(f, Fault{"watchdog.webhook", "is not a web address", "Write it whole, as in https://alerts.charity.example/referrals, or take it out."})
		case u.Scheme != "https" && !isLoopback(u.Hostname()):
			f = append(f, Fault{"watchdog.webhook", "is not an https address", "Write https; http is for a program on this very machine."})
		}
	}
	if d := time.Duration(c.Watchdog.Canary); d != 0 && (d < shortestCanary || d > longestCanary) {
		f = append(f, Fault{"watchdog.canary", "is not between 10m and 24h", `"1h" suits most mailboxes; "0s" sends none.`})
	}
	return f
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func addressFault(key, address string) Faults {
	if a, err := mail.ParseAddress(address); err == nil && a.Address == address {
		return nil
	}
	return Faults{{key, fmt.Sprintf("%q is not an email address", address), "Write it alone, as in name@charity.example."}}
}

func (c *Config) storeFaults() (f Faults) {
	address := string(c.Store.URL)
	name, sqlite := strings.CutPrefix(address, "sqlite:")
	switch {
	case sqlite && name == "":
		f = append(f, Fault{"store.url", "names no file", `Write "sqlite:/var/lib/referrald/referrald.db".`})
	case sqlite:
		if _, err := os.Stat(filepath.Dir(name)); err != nil {
			f = append(f, Fault{"store.url", "the folder " + filepath.Dir(name) + " is not there", "Make it, and let the daemon's user write in it."})
		}
	case strings.HasPrefix(address, "postgres://"), strings.HasPrefix(address, "postgresql://"):
		if c.Store.KeyFile == "" && c.Store.Key == "" {
			f = append(f, Fault{"store.key_file", "is missing", "Cases on PostgreSQL are sealed with a key that every daemon needs: write one with `head -c 32 /dev/urandom | base64 > key`, mode 0600."})
		}
		if host := inClear(address); host != "" && !c.Store.Private {
			f = append(f, Fault{"store.url", "would send the database's password in clear to " + host,
				`Take sslmode out, or write "verify-full"; or set store.private_network = true where nobody else is on the network.`})
		}
	default:
		f = append(f, Fault{"store.url", "is neither sqlite:PATH nor postgres://…", `Write "sqlite:/var/lib/referrald/referrald.db".`})
	}
	if c.Store.KeyFile != "" && c.Store.Key != "" {
		f = append(f, Fault{"store.key", "is set beside store.key_file", "Keep one of the two."})
	}
	return f
}

// inClear returns the other machine to which a URL of PostgreSQL's may lead without TLS, or "".
func inClear(address string) string {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains([]string{"disable", "allow", "prefer"}, u.Query().Get("sslmode")) {
		return ""
	}
	hosts := []string{u.Hostname()}
	for _, more := range []string{"host", "hostaddr"} { // which the driver heeds in place of the URL's own
		hosts = append(hosts, strings.Split(u.Query().Get(more), ",")...)
	}
	for _, host := range hosts {
		if host != "" && !isLoopback(host) && !strings.HasPrefix(host, "/") { // a path is a socket of this machine
			return host
		}
	}
	return ""
}

func (c *Config) digestFaults() (f Faults) {
	if len(c.Digest.To) == 0 {
		f = append(f, Fault{"digest.to", "names nobody", `Write to = ["team@charity.example"]: what waits for a person must reach one.`})
	}
	for _, list := range []struct {
		key string
		all []string
	}{{"digest.to", c.Digest.To}, {"digest.urgent_to", c.Digest.Urgent}} {
		for _, a := range list.all {
			f = append(f, addressFault(list.key, a)...)
			if strings.EqualFold(a, c.Service.Address) {
				f = append(f, Fault{list.key, "is the watched mailbox itself", "Name the staff's own addresses, so that digests do not come back as referrals."})
			}
		}
	}
	if _, err := newCalendar(c.Digest); err != nil {
		f = append(f, err...)
	}
	return f
}

func (c *Config) httpFaults() (f Faults) {
	if c.HTTP.Listen == "" {
		return nil
	}
	host, _, err := net.SplitHostPort(c.HTTP.Listen)
	switch {
	case err != nil:
		f = append(f, Fault{"http.listen", fmt.Sprintf("%q is not an address with a port", c.HTTP.Listen), `Write "127.0.0.1:9464", or "" to turn it off.`})
	case !isLoopback(host) && !c.HTTP.Public:
		f = append(f, Fault{"http.listen", "is open to other machines", "Write a loopback address, or set http.public = true where a firewall guards the port."})
	}
	return f
}
