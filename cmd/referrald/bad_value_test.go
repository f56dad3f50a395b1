package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// badValues are, for each key, what must be refused. They are given by the environment, as every key can be.
func badValues(t *testing.T) map[string][]string {
	t.Helper()
	junk := filepath.Join(t.TempDir(), "junk.txt")
	if err := os.WriteFile(junk, []byte("colour = \"blue\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return map[string][]string{
		"service.name": {"", "two\nlines"}, "service.address": {"", "no address", "A <a@b.example>"}, "service.reach": {""}, "service.hours": {""},
		"mail.host": {""}, "mail.port": {"0", "70000", "many"}, "mail.tls": {"ssl", "none"}, "mail.ca_file": {"/nowhere.pem"}, "mail.auth": {"kerberos"},
		"mail.user": {""}, "mail.password": {""}, "mail.folders": {"", "INBOX,INBOX"}, "mail.junk": {"INBOX"}, "mail.poll": {"soon", "0s", "2h"},
		"mail.trusted_authserv_id": {""}, "mail.trust_profile": {"everybody"}, "mail.largest_mib": {"0", "201", "x"},
		"smtp.host": {""}, "smtp.port": {"0", "70000", "many"}, "smtp.tls": {"ssl", "none"}, "smtp.ca_file": {"/nowhere.pem"}, "smtp.auth": {"kerberos"},
		"smtp.envelope_from": {"no address"}, "smtp.password": {""},
		"store.url": {"", "mysql://x", "sqlite:", "sqlite:/nowhere/x.db", "postgres://db.example/x?sslmode=disable"}, "store.key_file": {""}, "store.key": {"both"}, "store.private_network": {"perhaps"},
		"digest.to": {"", "no address", "StaffordshireCCE@actionforchildren.org.uk"}, "digest.times": {"", "25:00"}, "digest.days": {"", "someday"}, "digest.holidays": {"25 December"},
		"digest.urgent_to":  {"no address", "staffordshirecce@ACTIONFORCHILDREN.org.uk"},
		"letters.templates": {"/nowhere"}, "letters.stoke_tools": {"no address"}, "letters.staffordshire_tools": {"ftp://x.example"},
		"tracker.hub":  {"no address", "StaffordshireCCE@actionforchildren.org.uk"},
		"data.schools": {"/nowhere.csv", junk}, "data.postcodes": {"/nowhere.zip", junk}, "policy.file": {"/nowhere.toml", junk}, "policy.labels": {"/nowhere.toml", junk},
		"policy.words": {"/nowhere.toml", junk}, "reading.deadline": {"never", "1ms", "1h"}, "reading.memory_mib": {"1", "99999", "x"},
		"oauth.token_url": {"", "http://login.example/token", "login"}, "oauth.client_id": {""}, "oauth.client_secret": {"", "beside"}, "oauth.secret_expires": {"soon", "2027-01-01"},
		"oauth.certificate_file": {"", "/nowhere.pem", junk}, "oauth.private_key": {"", "no key"}, "oauth.assertion": {"", "HS256"},
		"watchdog.webhook": {"alerts", "ftp://x.example", "http://alerts.example/x"}, "watchdog.canary": {"often", "1m", "48h"},
		"http.listen": {"9464", "0.0.0.0:9464"}, "http.public": {"perhaps"}, "log.level": {"", "loud"}, "log.format": {"", "xml"},
	}
}

// freeText are the keys of which any value is one: a name, a command, a folder that is made, a token.
var freeText = []string{"smtp.user", "reading.cache", "reading.tesseract", "reading.office", "oauth.refresh_token", "oauth.scopes", "mail.outcome_folders"}

// around is what else must be set for a value to be asked about at all.
func around(key, value, certificate string) (environ []string) {
	set := func(name, value string) { environ = append(environ, "REFERRALD_"+name+"="+value) }
	if key != "mail.password" {
		set("MAIL_PASSWORD", "p")
	}
	switch {
	case key == "smtp.password" || key == "smtp.auth":
		set("SMTP_USER", "u")
	case key == "store.key_file":
		set("STORE_URL", "postgres://db.example/x")
	case key == "store.key":
		set("STORE_KEY_FILE", "/somewhere")
	case key == "digest.times" && value == "":
	case strings.HasPrefix(key, "oauth."):
		environ = []string{}
		set("MAIL_AUTH", "oauth")
		for name, good := range map[string]string{"oauth.token_url": "https://login.example/token", "oauth.client_id": "app"} {
			if name != key {
				set(strings.ToUpper(strings.ReplaceAll(name, ".", "_")), good)
			}
		}
		switch {
		case key == "oauth.certificate_file":
			set("OAUTH_PRIVATE_KEY", "k")
		case key == "oauth.private_key" || key == "oauth.secret_expires" && value != "soon" || value == "beside":
			set("OAUTH_CERTIFICATE_FILE", certificate)
			if key != "oauth.private_key" {
				set("OAUTH_PRIVATE_KEY", "k")
			}
		case key != "oauth.client_secret":
			set("OAUTH_CLIENT_SECRET", "s")
		}
	}
	return environ
}

// TestEachBadValueHasItsOwnMessage gives every key every kind of bad value by itself. The message names the key, and no other
// key has the same one.
func TestEachBadValueHasItsOwnMessage(t *testing.T) {
	said := map[string]string{} // message to key
	certificate := newPair(t, rsaKey(t, 2048), time.Now().Add(hour)).certificate
	for key, values := range badValues(t) {
		for _, value := range values {
			name := "REFERRALD_" + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
			c, err := loadConfig(writeConfig(t, wholeConfig), append(around(key, value, certificate), name+"="+value))
			if err == nil {
				err = c.Require(needAll)
			}
			if err == nil {
				_, err = loadTables(c)
			}
			if err == nil || !strings.Contains(err.Error(), key) && !strings.Contains(err.Error(), name) {
				t.Errorf("%s = %q: %v", key, value, err)
				continue
			}
			if other, twice := said[err.Error()]; twice && other != key {
				t.Errorf("%s = %q has the message of %s: %v", key, value, other, err)
			}
			said[err.Error()] = key
		}
	}
	for _, key := range configKeys() {
		if _, ok := badValues(t)[key]; !ok && !slices.Contains(freeText, key) {
			t.Errorf("no bad value of %s is tried", key)
		}
	}
}
