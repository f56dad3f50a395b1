package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"referrald/ingest/mailtest"
)

// TestAgainstDovecot runs the mailbox's whole life on a real server, which takes half a minute to start and stop.
func TestAgainstDovecot(t *testing.T) {
	s := mailtest.Start(t)
	const user = "referrals@charity.example"
	account := Account{Host: "localhost", Port: s.IMAPS, TLS: "tls", CAFile: s.CAFile, User: user, Password: mailtest.Password, Timeout: 10 * time.Second}
	t.Run("watch, settle and delete", func(t *testing.T) { lifeOfAMessage(t, s, account) })
	t.Run("logins", func(t *testing.T) { logins(t, s, account) })
}

func lifeOfAMessage(t *testing.T, s *mailtest.Server, account Account) {
	n, d := newNotebook(), newDiary()
	w := &Watch{Account: account, Folders: []string{"INBOX"}, Junk: "Junk", Poll: time.Minute, Largest: 1 << 20, Ledger: n, Progress: d.note}
	start(t, w)
	d.until(t, onCycle)
	send := func(id, words string) {
		t.Helper()
		raw := strings.Replace(mailOf(id, words), "From:", "Subject: A referral\r\nTo: "+account.User+"\r\nFrom:", 1)
		if err := s.Send("dsl@oak.stoke.sch.uk", account.User, []byte(raw)); err != nil {
			t.Fatal(err)
		}
	}
	send("first@oak", "Please see our referral.")
	d.until(t, func(e Event) bool { return e.Name == EventFiled })
	send("fat@oak", strings.Repeat("a line of words\r\n", 100_000))
	d.until(t, func(e Event) bool { return e.Name == EventTooLarge })

	place := n.order[0]
	m, err := Open(n.filed[place].Raw, DefaultLimits())
	if err != nil || m.ID != "first@oak" || !m.Authenticated(Trust{Profile: ByAuthservID, AuthservID: mailtest.AuthservID}) {
		t.Errorf("opened %+v, %v", m, err)
	}
	settle(t, account, place)
}

// settle moves a message to a folder that is not there yet, with a name that is not ASCII, twice, and deletes it.
func settle(t *testing.T, account Account, place Place) {
	t.Helper()
	ctx := context.Background()
	box, err := Dial(ctx, account)
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	const folder = "Referrals/Needs a person – now"
	to, err := box.Move(ctx, place, folder, "first@oak")
	if err != nil || to.Folder != folder || to.UID == 0 {
		t.Fatalf("moved to %+v, %v", to, err)
	}
	if again, err := box.Move(ctx, place, folder, "first@oak"); err != nil || again != to {
		t.Errorf("moved again to %+v, %v", again, err)
	}
	f, err := box.Select(ctx, folder)
	if err != nil || f.Messages != 1 || f.Validity != to.Validity || f.ReadOnly {
		t.Errorf("the folder: %+v, %v", f, err)
	}
	for range 2 {
		if err := box.Delete(ctx, to); err != nil {
			t.Error(err)
		}
	}
	if uids, err := box.UIDs(ctx); err != nil || len(uids) != 0 {
		t.Errorf("left: %v, %v", uids, err)
	}
	if at, err := box.Append(ctx, "Archive/2026", []byte(mailOf("z@x", "kept"))); err != nil || at.UID == 0 {
		t.Errorf("appended at %+v, %v", at, err)
	}
}

func logins(t *testing.T, s *mailtest.Server, account Account) {
	token := func(user string) func(context.Context) (string, error) {
		return func(context.Context) (string, error) { return mailtest.TokenFor(user), nil }
	}
	for _, c := range []struct {
		name, want string
		change     func(*Account)
	}{
		{"password over TLS", "", func(*Account) {}},
		{"password over STARTTLS", "", func(a *Account) { a.Port, a.TLS = s.IMAP, "starttls" }},
		{"token", "", func(a *Account) { a.Token = token(a.User) }},
		{"token over STARTTLS", "", func(a *Account) { a.Port, a.TLS, a.Token = s.IMAP, "starttls", token(a.User) }},
		{"wrong password", "mail.user", func(a *Account) { a.Password = "wrong" }},
		{"bad token", "IMAP.AccessAsApp", func(a *Account) {
			a.Token = func(context.Context) (string, error) { return "bad", nil }
		}},
		{"token of another user", "IMAP.AccessAsApp", func(a *Account) { a.Token = token("someone@charity.example") }},
		{"certificate that is not trusted", "mail.ca_file", func(a *Account) { a.CAFile = "" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := account
			c.change(&a)
			m, err := Dial(context.Background(), a)
			if err == nil {
				m.Close()
			}
			if (err == nil) != (c.want == "") || err != nil && (!strings.Contains(err.Error(), c.want) || !IsPermanent(err)) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// TestOverlappingWatchersOnDovecot is story 7 on a real server: several look at once, and the ledger's key takes each once.
func TestOverlappingWatchersOnDovecot(t *testing.T) {
	s := mailtest.Start(t)
	account := Account{Host: "127.0.0.1", Port: s.IMAP, TLS: "none", User: "two@charity.example", Password: mailtest.Password, Timeout: 10 * time.Second}
	box, err := Dial(context.Background(), account)
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	var want []string
	for i := range 50 {
		id := fmt.Sprintf("%d@x", i)
		if _, err := box.Append(context.Background(), "INBOX", []byte(mailOf(id, "words"))); err != nil {
			t.Fatal(err)
		}
		want = append(want, id)
	}
	n := newNotebook()
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			w := &Watch{Account: account, Folders: []string{"INBOX"}, Ledger: n}
			if _, err := w.Once(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	var got []string
	for _, f := range n.filed {
		m, err := Open(f.Raw, DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, m.ID)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("filed %d messages: %v", len(got), got)
	}
}
