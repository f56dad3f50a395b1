package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func writeConfig(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "referrald.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const wholeConfig = `
[mail]
host = "imap.charity.example"
user = "referrals"
trusted_authserv_id = "mx.charity.example"
[smtp]
host = "smtp.charity.example"
[store]
url = "sqlite:cases.db"
[digest]
to = ["team@charity.example"]
`

var withPassword = []string{"REFERRALD_MAIL_PASSWORD=hunter2", "PATH=/bin"}

const needAll = NeedMail | NeedSMTP | NeedStore | NeedDigest | NeedHTTP

func TestWholeConfig(t *testing.T) {
	c, err := loadConfig(writeConfig(t, wholeConfig), withPassword)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Require(needAll); err != nil {
		t.Fatal(err)
	}
	if c.Mail.Password != "hunter2" || c.Mail.Port != 993 || time.Duration(c.Mail.Poll) != time.Minute {
		t.Errorf("mail = %+v", c.Mail)
	}
	if want := "sqlite:" + filepath.Join(c.folder, "cases.db"); string(c.Store.URL) != want {
		t.Errorf("store.url = %q, want the path to start at the file's folder: %q", string(c.Store.URL), want)
	}
}

// The corpus's own configuration names only what explain needs; it must do without a mailbox.
func TestExplainNeedsNoMailbox(t *testing.T) {
	c, err := loadConfig(writeConfig(t, "[mail]\ntrusted_authserv_id = \"mx.charity.example\"\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Require(0); err != nil {
		t.Fatal(err)
	}
}

func TestConfigFaults(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		environ    []string
		keys       []string
	}{
		{"nothing at all", "", nil, []string{"mail.host", "mail.user", "mail.password", "mail.trusted_authserv_id", "smtp.host", "digest.to"}},
		{"typing error", wholeConfig + "[http]\nlisen = \"x\"", withPassword, []string{"http.lisen"}},
		{"clear text to another machine", strings.Replace(wholeConfig, "[smtp]", "[smtp]\ntls = \"none\"", 1), withPassword, []string{"smtp.tls"}},
		{"metrics open to the world", wholeConfig + "[http]\nlisten = \"0.0.0.0:9464\"", withPassword, []string{"http.listen"}},
		{"a bad address", strings.Replace(wholeConfig, "team@", "team at ", 1), withPassword, []string{"digest.to"}},
		{"digest into the watched mailbox", strings.Replace(wholeConfig, "team@charity.example", "StaffordshireCCE@actionforchildren.org.uk", 1), withPassword, []string{"digest.to"}},
		{"user without password", strings.Replace(wholeConfig, "[smtp]", "[smtp]\nuser = \"x\"", 1), withPassword, []string{"smtp.password"}},
		{"outcome folder is watched", strings.Replace(wholeConfig, "[smtp]", "[mail.outcome_folders]\nhold = \"INBOX\"\n[smtp]", 1), withPassword, []string{"mail.outcome_folders.hold"}},
		{"a file that is not there", wholeConfig + "[data]\nschools = \"none.csv\"", withPassword, []string{"data.schools"}},
		{"postgres without a key", strings.Replace(wholeConfig, "sqlite:cases.db", "postgres://db/x", 1), withPassword, []string{"store.key_file"}},
		{"postgres in clear", strings.Replace(wholeConfig, "sqlite:cases.db", "postgres://db.example/x?sslmode=disable", 1), append([]string{"REFERRALD_STORE_KEY=" + base64.StdEncoding.EncodeToString(make([]byte, 32))}, withPassword...), []string{"store.url"}},
		{"postgres in clear by another road", strings.Replace(wholeConfig, "sqlite:cases.db", "postgres://localhost/x?host=localhost,db.example&sslmode=prefer", 1), append([]string{"REFERRALD_STORE_KEY=" + base64.StdEncoding.EncodeToString(make([]byte, 32))}, withPassword...), []string{"store.url"}},
		{"oauth without an application", strings.Replace(wholeConfig, "[smtp]", "auth = \"oauth\"\n[smtp]", 1), nil, []string{"oauth.token_url", "oauth.client_id", "oauth.client_secret"}},
		{"secret twice", wholeConfig, append([]string{"REFERRALD_MAIL_PASSWORD_FILE=/nowhere"}, withPassword...), []string{"REFERRALD_MAIL_PASSWORD_FILE", "REFERRALD_MAIL_PASSWORD"}},
		{"number from the environment", wholeConfig, append([]string{"REFERRALD_SMTP_PORT=many"}, withPassword...), []string{"REFERRALD_SMTP_PORT"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := loadConfig(writeConfig(t, tt.text), tt.environ)
			if err == nil {
				err = c.Require(needAll)
			}
			var faults Faults
			if !errors.As(err, &faults) {
				t.Fatalf("error = %v, want faults", err)
			}
			var got []string
			for _, f := range faults {
				got = append(got, f.Key)
				if f.Says == "" || f.Remedy == "" {
					t.Errorf("%s lacks words: %+v", f.Key, f)
				}
			}
			slices.Sort(got)
			want := slices.Sorted(slices.Values(tt.keys))
			if !slices.Equal(got, want) {
				t.Errorf("faults at %v, want %v\n%v", got, want, err)
			}
		})
	}
}

func TestUnknownKeySuggests(t *testing.T) {
	_, err := loadConfig(writeConfig(t, "[mail]\npasword = \"x\"\n"), nil)
	if err == nil || !strings.Contains(err.Error(), "Did you mean mail.password?") {
		t.Errorf("error = %v, want a suggestion", err)
	}
}

func TestSecretsNeverPrint(t *testing.T) {
	c, err := loadConfig(writeConfig(t, wholeConfig), withPassword)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if s := fmt.Sprintf(format, *c); strings.Contains(s, "hunter2") {
			t.Errorf("%s prints the password: %s", format, s)
		}
	}
}

// Every key must be explained in the example, and the example must hold no key that does not exist.
func TestExampleIsWhole(t *testing.T) {
	example := filepath.Join("..", "..", "referrald.example.toml")
	text, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := loadConfig(example, nil); err != nil {
		t.Fatal(err)
	}
	for _, key := range configKeys() {
		name := key[strings.Index(key, ".")+1:]
		section := key[:strings.Index(key, ".")]
		if strings.Contains(name, "password") || name == "client_secret" || name == "private_key" || name == "refresh_token" || name == "webhook" || key == "store.key" {
			name = strings.ToUpper("REFERRALD_" + section + "_" + name)
			if key == "store.key" {
				name = "key_file"
			}
		}
		if !strings.Contains(string(text), name) {
			t.Errorf("referrald.example.toml does not explain %s", key)
		}
	}
}
