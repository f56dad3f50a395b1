package main

import (
	"encoding"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// A Config is what the operator says: one TOML file, with every key open to an environment variable
// REFERRALD_SECTION_KEY and every secret to REFERRALD_SECTION_KEY_FILE. referrald.example.toml explains each key.
type Config struct {
	Service  ServiceConfig  `toml:"service"`
	Mail     MailConfig     `toml:"mail"`
	SMTP     SMTPConfig     `toml:"smtp"`
	Store    StoreConfig    `toml:"store"`
	Digest   DigestConfig   `toml:"digest"`
	Letters  LettersConfig  `toml:"letters"`
	Tracker  TrackerConfig  `toml:"tracker"`
	Data     DataConfig     `toml:"data"`
	Policy   PolicyConfig   `toml:"policy"`
	Reading  ReadingConfig  `toml:"reading"`
	OAuth    OAuthConfig    `toml:"oauth"`
	Watchdog WatchdogConfig `toml:"watchdog"`
	HTTP     HTTPConfig     `toml:"http"`
	Log      LogConfig      `toml:"log"`

	folder string // of the file: relative paths start there
}

// A ServiceConfig says who the service is: what letters and digests are signed with.
type ServiceConfig struct {
	Name    string `toml:"name"`
	Address string `toml:"address"` // the From of every letter
	Reach   string `toml:"reach"`   // how a school reaches a person, one sentence
	Hours   string `toml:"hours"`   // when a person looks, one sentence
}

// A MailConfig says where the service's inbox is and whose word on a sender counts.
type MailConfig struct {
	Host              string            `toml:"host"`
	Port              int               `toml:"port"`
	TLS               string            `toml:"tls"` // "tls", "starttls" or, to loopback only, "none"
	CAFile            string            `toml:"ca_file"`
	Auth              string            `toml:"auth"` // "password" or "oauth"
	User              string            `toml:"user"`
	Password          Secret            `toml:"password"`
	Folders           []string          `toml:"folders"`
	Junk              string            `toml:"junk"`
	Poll              Duration          `toml:"poll"`
	TrustedAuthservID string            `toml:"trusted_authserv_id"`
	TrustProfile      string            `toml:"trust_profile"` // "authserv_id" or "exchange_online"
	LargestMiB        int               `toml:"largest_mib"`
	OutcomeFolders    map[string]string `toml:"outcome_folders"`
}

// An SMTPConfig says through which server letters, digests and alerts leave.
type SMTPConfig struct {
	Host         string `toml:"host"`
	Port         int    `toml:"port"`
	TLS          string `toml:"tls"`
	CAFile       string `toml:"ca_file"`
	Auth         string `toml:"auth"` // "password" or "oauth"; without user none
	User         string `toml:"user"`
	Password     Secret `toml:"password"`
	EnvelopeFrom string `toml:"envelope_from"` // where bounces go; the service's address by default
}

// A StoreConfig says where cases are kept.
type StoreConfig struct {
	URL     Secret `toml:"url"` // "sqlite:PATH" or "postgres://…"; a secret because it may hold a password
	KeyFile string `toml:"key_file"`
	Key     Secret `toml:"key"`             // 32 bytes in base64, instead of key_file
	Private bool   `toml:"private_network"` // allows PostgreSQL on another machine without TLS
}

// A DigestConfig says to whom and when staff's summary goes, in Europe/London, on working days.
type DigestConfig struct {
	To       []string `toml:"to"`
	Times    []string `toml:"times"` // "08:30"
	Days     []string `toml:"days"`  // "mon" … "sun"
	Holidays []string `toml:"holidays"`
	Urgent   []string `toml:"urgent_to"` // who is told at once; To by default
}

// A LettersConfig names the operator's own templates and links.
type LettersConfig struct {
	Templates         string `toml:"templates"` // a folder
	StokeTools        string `toml:"stoke_tools"`
	StaffordshireTool string `toml:"staffordshire_tools"`
}

// A TrackerConfig says who is told of a changed status (clause tracker). Neither source document names an address, so
// that none is built in.
type TrackerConfig struct {
	Hub string `toml:"hub"`
}

// A DataConfig names the tables that the rules look things up in.
type DataConfig struct {
	Schools   string `toml:"schools"`
	Postcodes string `toml:"postcodes"`
}

// A PolicyConfig names files that change or extend the rules' data.
type PolicyConfig struct {
	File   string `toml:"file"`   // over the built-in policy
	Labels string `toml:"labels"` // more labels for forms
	Words  string `toml:"words"`  // more words for prose
}

// A ReadingConfig bounds the child process that reads one document.
type ReadingConfig struct {
	Deadline  Duration `toml:"deadline"`
	MemoryMiB int      `toml:"memory_mib"`
	Cache     string   `toml:"cache"` // of the second PDF engine's compiled code
	Tesseract string   `toml:"tesseract"`
	Office    string   `toml:"office"` // LibreOffice, the second reader of old Word files
}

// A WatchdogConfig says how staff learn, beside the mail, that the system itself is not well.
type WatchdogConfig struct {
	Webhook Secret   `toml:"webhook"` // an https address that is told in closed words; a secret because it may hold one
	Canary  Duration `toml:"canary"`  // between trial messages to ourselves; 0 for none
}

// An OAuthConfig says how the daemon gets its tokens where mail.auth or smtp.auth is "oauth": as an application by itself
// (client credentials), or for a user who logged in once (a refresh token); proving which application asks by a secret or
// a certificate.
type OAuthConfig struct {
	TokenURL        string   `toml:"token_url"`
	ClientID        string   `toml:"client_id"`
	ClientSecret    Secret   `toml:"client_secret"`
	SecretExpires   Day      `toml:"secret_expires"`
	CertificateFile string   `toml:"certificate_file"` // PEM, instead of client_secret
	PrivateKey      Secret   `toml:"private_key"`      // the certificate's, PEM
	Assertion       string   `toml:"assertion"`        // "PS256" or "RS256": how the key signs
	RefreshToken    Secret   `toml:"refresh_token"`    // set: the refresh-token flow; else client credentials
	Scopes          []string `toml:"scopes"`
}

// An HTTPConfig says where health and metrics are served.
type HTTPConfig struct {
	Listen string `toml:"listen"` // "" turns it off
	Public bool   `toml:"public"` // allows an address that is not loopback
}

// A LogConfig says how much is logged, and in which form.
type LogConfig struct {
	Level  string `toml:"level"`
	Format string `toml:"format"` // "auto", "text" or "json"
}

// A Secret is a value that never prints itself.
type Secret string

// String hides the secret from logs and messages.
func (s Secret) String() string { return "(hidden)" }

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return "(hidden)" }

// A Duration is a time.Duration that TOML and the environment write as "90s" or "5m".
type Duration time.Duration

// UnmarshalText reads the duration as time.ParseDuration does.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	*d = Duration(v)
	return err
}

// A Fault is one thing wrong with the configuration: its key, what is wrong, and what to do.
type Fault struct {
	Key, Says, Remedy string
}

// Faults are all that is wrong with a configuration, reported at once.
type Faults []Fault

// Error lists every fault on a line of its own.
func (f Faults) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "the configuration cannot be used (%d to mend):", len(f))
	for _, x := range f {
		fmt.Fprintf(&b, "\n  %s: %s. %s", x.Key, x.Says, x.Remedy)
	}
	return b.String()
}

// defaultConfig returns the values that hold where the operator says nothing.
func defaultConfig() Config {
	return Config{
		Service: ServiceConfig{
			Name:    "Stoke-on-Trent and Staffordshire CCE Prevention Service",
			Address: "StaffordshireCCE@actionforchildren.org.uk",
			Reach:   "To speak to a person, reply to this email: a member of the team reads every reply.",
			Hours:   "A member of the team looks at new referrals on every working day.",
		},
		Mail: MailConfig{Auth: "password", Port: 993, TLS: "tls", Folders: []string{"INBOX"}, Junk: "Junk", Poll: Duration(time.Minute),
			TrustProfile: "authserv_id", LargestMiB: 50, OutcomeFolders: map[string]string{
				"accept":              "Referrals/Accepted",
				"request_information": "Referrals/Waiting for school",
				"signpost":            "Referrals/Signposted",
				"hold":                "Referrals/Needs a person",
				"ignore":              "Referrals/Not a referral",
			}},
		SMTP:    SMTPConfig{Auth: "password", Port: 587, TLS: "starttls"},
		Store:   StoreConfig{URL: "sqlite:referrald.db"},
		Digest:  DigestConfig{Times: []string{"08:30", "15:30"}, Days: []string{"mon", "tue", "wed", "thu", "fri"}},
		Reading: ReadingConfig{Deadline: Duration(30 * time.Second), MemoryMiB: 768, Tesseract: "tesseract", Office: "soffice"},
		OAuth:   OAuthConfig{Assertion: "PS256", Scopes: []string{"https://outlook.office365.com/.default"}},
		HTTP:    HTTPConfig{Listen: "127.0.0.1:9464"},
		Log:     LogConfig{Level: "info", Format: "auto"},
	}
}

// loadConfig reads the file (none where path is empty and no file was asked for), then the environment over it, and
// reports what cannot be read at all. What a command needs of it is checked by Require.
func loadConfig(path string, environ []string) (*Config, error) {
	c := defaultConfig()
	var faults Faults
	if path != "" {
		if err := c.readFile(path, &faults); err != nil {
			return nil, err
		}
	}
	c.readEnvironment(environ, &faults)
	if len(faults) > 0 {
		return nil, faults
	}
	c.resolvePaths()
	return &c, nil
}

func (c *Config) readFile(path string, faults *Faults) error {
	c.folder = filepath.Dir(path)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Faults{{"--config", "there is no file " + path, "Copy referrald.example.toml there, or name the right file."}}
	}
	if err != nil {
		return fmt.Errorf("reading the configuration: %w", err)
	}
	md, err := toml.Decode(string(text), c)
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax):
		return Faults{{path, "not readable as TOML\n" + strings.TrimSpace(syntax.ErrorWithPosition()), "Mend that line."}}
	case err != nil:
		return Faults{{path, err.Error(), "Compare the key with referrald.example.toml."}}
	}
	for _, key := range md.Undecoded() {
		*faults = append(*faults, Fault{key.String(), "no such key", suggestion(key, configKeys())})
	}
	return nil
}

// suggestion proposes the known key that looks most like the unknown one.
func suggestion(key toml.Key, known []string) string {
	best, least := "", len(key.String())/2+1
	for _, k := range known {
		if d := editDistance(key.String(), k); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return "Take it out; referrald.example.toml lists every key."
	}
	return "Did you mean " + best + "?"
}

// configKeys lists every "section.key", sorted.
func configKeys() []string {
	var keys []string
	var c Config
	eachKey(&c, func(key string, _ reflect.Value) { keys = append(keys, key) })
	sort.Strings(keys)
	return keys
}

// eachKey calls f for every key of the configuration with its settable value.
func eachKey(c *Config, f func(key string, v reflect.Value)) {
	root := reflect.ValueOf(c).Elem()
	for i := range root.NumField() {
		section := root.Type().Field(i).Tag.Get("toml")
		if section == "" {
			continue
		}
		for j := range root.Field(i).NumField() {
			name := root.Field(i).Type().Field(j).Tag.Get("toml")
			if name != "-" {
				f(section+"."+name, root.Field(i).Field(j))
			}
		}
	}
}

// readEnvironment lays REFERRALD_SECTION_KEY, and REFERRALD_SECTION_KEY_FILE for secrets, over the file.
func (c *Config) readEnvironment(environ []string, faults *Faults) {
	env := map[string]string{}
	for _, line := range environ {
		if name, value, ok := strings.Cut(line, "="); ok && strings.HasPrefix(name, "REFERRALD_") {
			env[name] = value
		}
	}
	eachKey(c, func(key string, v reflect.Value) {
		name := "REFERRALD_" + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
		text, set := env[name]
		if file, ok := env[name+"_FILE"]; ok && v.Type() == reflect.TypeFor[Secret]() {
			if set {
				*faults = append(*faults, Fault{name, "is set beside " + name + "_FILE", "Keep one of the two."})
			}
			secret, err := os.ReadFile(file)
			if err != nil {
				*faults = append(*faults, Fault{name + "_FILE", "the file cannot be read", "Check that it exists and that the daemon's user may read it."})
				return
			}
			text, set = strings.TrimRight(string(secret), "\r\n"), true
		}
		if !set {
			return
		}
		if err := setFromText(v, text); err != nil {
			*faults = append(*faults, Fault{name, err.Error(), "See " + key + " in referrald.example.toml."})
		}
	})
}

func setFromText(v reflect.Value, text string) error {
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText([]byte(text))
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int:
		n, err := strconv.Atoi(text)
		if err != nil {
			return errors.New("is not a whole number")
		}
		v.SetInt(int64(n))
	case reflect.Bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return errors.New("is neither true nor false")
		}
		v.SetBool(b)
	case reflect.Slice:
		var items []string
		for item := range strings.SplitSeq(text, ",") {
			items = append(items, strings.TrimSpace(item))
		}
		v.Set(reflect.ValueOf(items))
	default:
		return errors.New("cannot be set from the environment; write it in the file")
	}
	return nil
}

// resolvePaths makes every path of the file relative to the file's own folder.
func (c *Config) resolvePaths() {
	for _, p := range []*string{&c.Mail.CAFile, &c.SMTP.CAFile, &c.Store.KeyFile, &c.Letters.Templates, &c.Data.Schools,
		&c.Data.Postcodes, &c.Policy.File, &c.Policy.Labels, &c.Policy.Words, &c.Reading.Cache, &c.OAuth.CertificateFile} {
		*p = c.path(*p)
	}
	if name, ok := strings.CutPrefix(string(c.Store.URL), "sqlite:"); ok {
		c.Store.URL = Secret("sqlite:" + c.path(name))
	}
}

func (c *Config) path(p string) string {
	if p == "" || filepath.IsAbs(p) || c.folder == "" {
		return p
	}
	return filepath.Join(c.folder, p)
}

// editDistance counts the letters to add, drop or change to make b of a.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
