package main

import (
	"fmt"
	"net"
	"net/url"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"referrald/store"
	"referrald/store/pgtest"
	"referrald/store/vault"
)

// takeOver is how long another daemon may take to go on where one has died.
const takeOver = time.Minute

// TestTwoDaemons lets two daemons share a database and a mailbox, and takes the power away from the one that has the
// mailbox.
func TestTwoDaemons(t *testing.T) {
	t.Parallel()
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		s := newScene(t, pgtest.Start(t))
		first := s.start()
		second := s.start(fmt.Sprintf("REFERRALD_HTTP_LISTEN=127.0.0.1:%d", freePort(t)))
		for i := range 6 {
			s.send(numberedAuthor(i), s.numbered(i))
		}
		s.awaitFiled(longest, 2)
		first.kill()
		for i := 6; i < 10; i++ {
			s.send(numberedAuthor(i), s.numbered(i))
		}
		s.awaitFiled(takeOver, 10)
		s.awaitSettled(longest, 10)
		s.checkOnce(10)
		second.stop(t)
	})
	t.Run("PostgreSQL out of reach", func(t *testing.T) {
		t.Parallel()
		cutOff(t, newScene(t, pgtest.Start(t)))
	})
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		s := newScene(t, nil)
		first := s.start()
		second := exec.CommandContext(t.Context(), s.binary, "run", "--config", s.config)
		second.Env, second.Dir = append([]string{fmt.Sprintf("REFERRALD_HTTP_LISTEN=127.0.0.1:%d", freePort(t))}, s.env...), s.dir
		out, err := second.CombinedOutput()
		if err == nil || second.ProcessState.ExitCode() <= 0 {
			t.Errorf("a second daemon on one file ends with %v, want a status other than 0", second.ProcessState)
		}
		if !strings.Contains(string(out), store.ErrRunning.Error()) {
			t.Errorf("the second daemon does not say why it ends:\n%s", out)
		}
		first.alive(t)
		first.stop(t)
	})
}

// cutOff takes the network to the database away from one of two daemons, which lives on and knows nothing: the other does
// its work within a minute. When the network is back and the other has gone, the first does it again.
func cutOff(t *testing.T, s *scene) {
	other := s.start()
	network := newLink(t, portOf(t, s.source), passBytes)
	direct := s.env
	s.env = append(slices.Clone(direct), "REFERRALD_STORE_URL="+linked(t, s.source, network))
	first := s.start(fmt.Sprintf("REFERRALD_HTTP_LISTEN=127.0.0.1:%d", freePort(t)))
	other.kill()
	s.endLeases()
	for i := range 6 {
		s.send(numberedAuthor(i), s.numbered(i))
	}
	s.awaitFiled(longest, 2)
	network.fall(true)
	s.env = direct
	other = s.start()
	for i := 6; i < 8; i++ {
		s.send(numberedAuthor(i), s.numbered(i))
	}
	s.awaitFiled(takeOver, 8)
	s.awaitSettled(longest, 8)
	other.stop(t)
	network.fall(false)
	for i := 8; i < 10; i++ {
		s.send(numberedAuthor(i), s.numbered(i))
	}
	s.awaitSettled(3*time.Minute, 10) // silent connections are left after a minute
	s.checkOnce(10)
	first.stop(t)
}

// linked is a database's URL by a link.
func linked(t *testing.T, source string, l *link) string {
	t.Helper()
	u, err := url.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	u.Host = net.JoinHostPort("127.0.0.1", strconv.Itoa(l.port))
	return u.String()
}

// linkedStore returns a store on PostgreSQL behind a network that can go dark.
func linkedStore(t *testing.T) (*store.DB, *link) {
	t.Helper()
	source := pgtest.Start(t).NewDatabase(t)
	network := newLink(t, portOf(t, source), passBytes)
	db, err := store.Open(t.Context(), store.Options{URL: linked(t, source, network), Key: make([]byte, vault.KeySize)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db, network
}

// A connection to the database that falls silent holds up no work, while others can be made: what was sent is recorded, and
// leases are renewed, before another daemon may take over.
func TestADarkConnectionHoldsNothingUp(t *testing.T) {
	t.Parallel()
	db, network := linkedStore(t)
	mail := store.Mail{MessageID: "a@charity.example", To: "dsl@larkmoor.example", Raw: []byte("letter")}
	if err := db.QueueMail(t.Context(), "", mail); err != nil {
		t.Fatal(err)
	}
	if err := db.Sending(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	for _, fall := range []bool{true, false} { // what is open falls silent for good; what is opened from now on does not
		network.fall(fall)
	}
	begun := time.Now()
	if err := (&daemon{db: db}).recordSent(t.Context(), 1); err != nil {
		t.Error(err)
	}
	var err error
	for held := false; !held; {
		if held, err = db.AcquireLease(t.Context(), "mailbox", "this one", time.Minute); err != nil && time.Since(begun) > longest {
			t.Fatal(err)
		}
	}
	if took := time.Since(begun); took > 25*time.Second {
		t.Errorf("it took %s", took)
	}
	if l, err := db.Letter(t.Context(), 1); err != nil || l.State != store.LetterSent {
		t.Errorf("the letter is %v, %v", l, err)
	}
}

// A daemon that is to stop does not wait for a database that has gone dark as long as one that works.
func TestADaemonThatIsToStopWaitsForNoDarkConnection(t *testing.T) {
	t.Parallel()
	db, network := linkedStore(t)
	network.fall(true)
	ended := make(chan time.Duration, 1)
	begun := time.Now()
	go func() {
		_, err := db.Idle(t.Context())
		if err == nil {
			t.Error("an answer came through a dark network")
		}
		ended <- time.Since(begun)
	}()
	db.Hurry()
	if took := <-ended; took > 25*time.Second {
		t.Errorf("it waited %s", took)
	}
}
