package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A diary keeps what a watch told.
type diary struct {
	mu     sync.Mutex
	events []Event
	notes  chan Event
}

func newDiary() *diary { return &diary{notes: make(chan Event, 10_000)} }

func (d *diary) note(e Event) {
	d.mu.Lock()
	d.events = append(d.events, e)
	d.mu.Unlock()
	d.notes <- e
}

func (d *diary) count(name EventName) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for _, e := range d.events {
		if e.Name == name {
			n++
		}
	}
	return n
}

// until waits for an event for which done is true.
func (d *diary) until(t *testing.T, done func(Event) bool) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		select {
		case e := <-d.notes:
			if done(e) {
				return
			}
		case <-deadline:
			t.Fatalf("it never happened; there were %+v", d.events)
		}
	}
}

func (s *script) watch(l Ledger, d *diary) *Watch {
	a := s.account()
	a.Timeout = 500 * time.Millisecond
	return &Watch{Account: a, Folders: []string{"INBOX"}, Poll: 10 * time.Millisecond, Largest: 1 << 20, Ledger: l, Park: 2, Progress: d.note}
}

// start runs the watch until the test ends.
func start(t *testing.T, w *Watch) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("watching ended with %v", err)
		}
	})
}

func onCycle(e Event) bool { return e.Name == EventCycle }

func TestOnceFilesEverythingOnce(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"), mailOf("b@x", strings.Repeat("x", 2<<20)))
	s.add("Junk Email", mailOf("c@x", "three"))
	n, d := newNotebook(), newDiary()
	w := s.watch(n, d)
	w.Junk = "Junk Email"
	for _, want := range []int{3, 0} {
		if filed, err := w.Once(context.Background()); err != nil || filed != want {
			t.Errorf("filed %d, %v; want %d", filed, err, want)
		}
	}
	if f := n.filed[Place{"Junk Email", 9, 100}]; !f.Junk || string(f.Raw) != mailOf("c@x", "three") {
		t.Errorf("from junk: %+v", f)
	}
	if f := n.filed[Place{"INBOX", 7, 2}]; !f.TooLarge || f.Junk || f.Size < 2<<20 || len(f.Raw) > 1000 {
		t.Errorf("the large one: %d bytes of %d", len(f.Raw), f.Size)
	}
	if d.count(EventFiled) != 2 || d.count(EventTooLarge) != 1 || d.count(EventCycle) != 2 {
		t.Errorf("told %+v", d.events)
	}
}

// Story 1 of the peers' trouble: filed away before it was saved. Nothing changes in the mailbox while messages are filed.
func TestStory01WatchingChangesNothingInTheMailbox(t *testing.T) {
	s := newScript(t, "MOVE UIDPLUS")
	s.add("INBOX", mailOf("a@x", "one"))
	n := newNotebook()
	n.fail = func(Fetched) error { return errors.New("the database is down") }
	w := s.watch(n, newDiary())
	if filed, err := w.Once(context.Background()); err == nil || filed != 0 {
		t.Errorf("filed %d, %v", filed, err)
	}
	n.fail = nil
	if filed, err := w.Once(context.Background()); err != nil || filed != 1 {
		t.Errorf("filed %d, %v", filed, err)
	}
	for _, change := range []string{"UID MOVE", "UID COPY", "UID STORE", "STORE", "EXPUNGE", "UID EXPUNGE", "CREATE", "APPEND"} {
		if s.heard(change) > 0 {
			t.Errorf("the mailbox was changed by %s", change)
		}
	}
	if s.heard("UID FETCH 1 (UID BODY[") > 0 {
		t.Error("the message was marked as read")
	}
}

// Story 2: one fat or unreadable mail stopped intake for two days. Here it breaks every connection, and is parked; the others
// are filed.
func TestStory02PoisonMessageIsParkedAndTheOthersGoOn(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"), mailOf("b@x", "two"), mailOf("c@x", "three"))
	s.misbehave = func(c *scriptConn, _, command string) bool {
		if strings.HasPrefix(command, "UID FETCH 2 ") {
			c.say("* 2 FETCH (UID 2 X-ODD (what))")
			return true
		}
		return false
	}
	n, d := newNotebook(), newDiary()
	start(t, s.watch(n, d))
	d.until(t, onCycle)
	if f := n.filed[Place{"INBOX", 7, 2}]; !f.Unfetchable || len(n.filed) != 3 {
		t.Errorf("filed %+v", n.order)
	}
	if n.order[len(n.order)-1].UID != 2 {
		t.Errorf("the others waited for it: %+v", n.order)
	}
	if d.count(EventParked) != 1 {
		t.Errorf("told %+v", d.events)
	}
}

// A date beside a message that cannot be read must not cost the message: the second try asks for the text alone.
func TestUnreadableDateCostsNoMessage(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"))
	s.misbehave = func(c *scriptConn, tag, command string) bool {
		if strings.Contains(command, "INTERNALDATE") {
			c.say(`* 1 FETCH (UID 1 INTERNALDATE "never" RFC822.SIZE 3)`)
			return true
		}
		return false
	}
	n, d := newNotebook(), newDiary()
	start(t, s.watch(n, d))
	d.until(t, onCycle)
	if f := n.filed[Place{"INBOX", 7, 1}]; string(f.Raw) != mailOf("a@x", "one") || f.Unfetchable {
		t.Errorf("filed %+v", f)
	}
}

// Story 3: "active" but dead for 35 hours. A connection that goes silent ends by its deadline, and the next one finds the mail.
func TestStory03SilentConnectionIsLeft(t *testing.T) {
	s := newScript(t, "IDLE")
	var once sync.Once
	s.misbehave = func(c *scriptConn, _, command string) bool {
		silent := false
		if command == "IDLE" {
			once.Do(func() {
				silent = true
				s.add("INBOX", mailOf("a@x", "one"))
				c.say("+ idling") // and then never a word: no EXISTS, no answer to DONE
			})
		}
		return silent || command == "IDLE" && idleProperly(c)
	}
	n, d := newNotebook(), newDiary()
	start(t, s.watch(n, d))
	d.until(t, func(e Event) bool { return e.Name == EventFiled })
	if d.count(EventRetrying) == 0 || d.count(EventConnected) < 2 {
		t.Errorf("told %+v", d.events)
	}
}

// idleProperly answers as a server does.
func idleProperly(c *scriptConn) bool {
	c.say("+ idling")
	_, err := c.in.ReadString('\n')
	if err == nil {
		c.mu.Lock()
		c.said = append(c.said, "DONE")
		c.mu.Unlock()
	}
	c.say("T%d OK done", 0) // an unknown tag ends the connection: the watch comes back
	return true
}

// Story 4: the token expired, ten days of silence. Every failed try is told, so that the watchdog sees no cycle.
func TestStory04ExpiredTokenIsTold(t *testing.T) {
	s := newScript(t, "AUTH=XOAUTH2 SASL-IR")
	n, d := newNotebook(), newDiary()
	w := s.watch(n, d)
	w.Token = func(context.Context) (string, error) {
		return "", errors.New("the client secret has expired: make a new one")
	}
	start(t, w)
	d.until(t, func(e Event) bool {
		return e.Name == EventRetrying && IsLogin(e.Err) && strings.Contains(e.Err.Error(), "make a new one")
	})
	if d.count(EventCycle) > 0 {
		t.Error("a cycle was told")
	}
}

// Story 5: UIDVALIDITY ignored, new mail "already processed".
func TestStory05NewValidityIsNewMail(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"))
	n := newNotebook()
	w := s.watch(n, newDiary())
	once := func(want int) {
		t.Helper()
		if filed, err := w.Once(context.Background()); err != nil || filed != want {
			t.Errorf("filed %d, %v; want %d", filed, err, want)
		}
	}
	once(1)
	s.mu.Lock()
	s.folders["INBOX"] = &scriptFolder{validity: 8, next: 1}
	s.mu.Unlock()
	s.add("INBOX", mailOf("z@x", "another, under the same UID"))
	once(1)
	once(0)
	if len(n.filed) != 2 {
		t.Errorf("filed %+v", n.order)
	}
	// Settling finds the message by its Message-ID, and takes the UID's new owner for nobody else.
	m := s.dial(t)
	if _, err := m.Move(context.Background(), Place{"INBOX", 7, 1}, "Done", "a@x"); !errors.Is(err, ErrGone) {
		t.Errorf("error %v", err)
	}
	if got := s.texts("INBOX"); len(got) != 1 {
		t.Errorf("left %q", got)
	}
}

// Story 7: the same mail taken five times by overlapping polls. Story 9: the newest dropped by paging and windows.
func TestStory07And09EveryMessageOnceWhateverItsNumber(t *testing.T) {
	s := newScript(t, "")
	for i := range 300 {
		s.add("INBOX", mailOf(fmt.Sprintf("%d@x", i), "words"))
	}
	n := newNotebook()
	w := s.watch(n, newDiary())
	for range 3 {
		if _, err := w.Once(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if len(n.order) != 300 || len(n.filed) != 300 {
		t.Errorf("filed %d times, %d messages", len(n.order), len(n.filed))
	}
	if got := s.heard("UID FETCH 300 (UID BODY.PEEK[])"); got != 1 {
		t.Errorf("the newest was fetched %d times", got)
	}
}

// manyMessages fills the inbox with messages that the notebook knows already.
func manyMessages(s *script, n *notebook, count int) {
	box := &scriptFolder{validity: 7, next: uint32(count) + 1}
	for uid := uint32(1); uid < box.next; uid++ {
		box.messages = append(box.messages, scriptMessage{uid: uid, raw: "old"})
		n.filed[Place{"INBOX", 7, uid}] = Fetched{}
	}
	s.folders["INBOX"] = box
}

// A mailbox that nobody tidies holds a hundred thousand messages. They are listed once; a poll after that asks the folder only
// whether anything came.
func TestAHundredThousandMessagesAreListedOnce(t *testing.T) {
	s := newScript(t, "")
	n, d := newNotebook(), newDiary()
	manyMessages(s, n, 100_000)
	w := s.watch(n, d)
	w.Timeout = 10 * time.Second
	start(t, w)
	for range 5 {
		d.until(t, onCycle)
	}
	if got := s.heard("UID SEARCH"); got != 1 {
		t.Errorf("listed %d times", got)
	}
	s.add("INBOX", mailOf("new@x", "words"))
	d.until(t, func(e Event) bool { return e.Name == EventFiled })
	if f := n.filed[Place{"INBOX", 7, 100_001}]; string(f.Raw) != mailOf("new@x", "words") {
		t.Errorf("filed %q", f.Raw)
	}
}

// selecting opens the inbox with these lines, whatever is in it.
func selecting(flags, exists, next, access string) func(c *scriptConn, tag, command string) bool {
	return func(c *scriptConn, tag, command string) bool {
		if !strings.HasPrefix(command, "SELECT") {
			return false
		}
		c.mu.Lock()
		c.selected = "INBOX"
		c.mu.Unlock()
		for _, line := range []string{"* FLAGS (\\Seen)", flags, exists, "* OK [UIDVALIDITY 7] ok", next} {
			c.say("%s", line)
		}
		c.say("%s OK [%s] done", tag, access)
		return true
	}
}

// A server that says wrongly what UID comes next hides nothing for longer than the time between full lists.
func TestAStandingUIDNextHidesNothing(t *testing.T) {
	for _, c := range []struct{ name, next string }{{"wrong", "* OK [UIDNEXT 1] ok"}, {"missing", "* OK fine"}} {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(t, "")
			// It does not say rightly how many there are, either.
			s.misbehave = selecting("* OK [PERMANENTFLAGS (\\Seen)] ok", "* 0 EXISTS", c.next, "READ-WRITE")
			n, d := newNotebook(), newDiary()
			w := s.watch(n, d)
			w.Relist = 50 * time.Millisecond
			start(t, w)
			d.until(t, onCycle)
			s.add("INBOX", mailOf("a@x", "one"))
			d.until(t, func(e Event) bool { return e.Name == EventFiled })
		})
	}
}

// A message that could not be filed is looked for again though nothing else came.
func TestWhatWasLeftIsTakenAtTheNextLook(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"))
	n, d := newNotebook(), newDiary()
	refuse := true
	n.fail = func(Fetched) error { // under the notebook's lock
		if refuse {
			refuse = false
			return errors.New("the database is busy")
		}
		return nil
	}
	start(t, s.watch(n, d))
	d.until(t, func(e Event) bool { return e.Name == EventFiled })
	if d.count(EventFailed) != 1 {
		t.Errorf("told %+v", d.events)
	}
}

// A folder that somebody renames while it is watched stops no other, is told, and is read again when its name is back.
func TestRenamedFolderIsToldAndReadAgain(t *testing.T) {
	s := newScript(t, "")
	s.add("Referrals", mailOf("a@x", "one"))
	n, d := newNotebook(), newDiary()
	w := s.watch(n, d)
	w.Folders = []string{"INBOX", "Referrals"}
	start(t, w)
	d.until(t, onCycle)
	rename := func(from, to string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.folders[to] = s.folders[from]
		delete(s.folders, from)
	}
	rename("Referrals", "Referrals 2026")
	s.add("INBOX", mailOf("b@x", "two"))
	d.until(t, func(e Event) bool { return e.Name == EventFiled && e.Folder == "INBOX" })
	d.until(t, func(e Event) bool { return e.Name == EventNoFolder && e.Folder == "Referrals" })
	s.add("Referrals 2026", mailOf("c@x", "three"))
	rename("Referrals 2026", "Referrals")
	d.until(t, func(e Event) bool { return e.Name == EventFiled && e.Folder == "Referrals" })
	if n.count() != 3 {
		t.Errorf("filed %+v", n.order)
	}
}

// What is filed of one folder is a sign of life, unless another folder fails: nobody would learn of that one.
func TestABusyFolderHidesNoOther(t *testing.T) {
	for _, c := range []struct {
		folders []string
		onward  bool
	}{{[]string{"INBOX"}, true}, {[]string{"Renamed", "INBOX"}, false}, {[]string{"INBOX", "Renamed"}, true}} {
		s := newScript(t, "")
		s.add("INBOX", mailOf("a@x", "one"))
		n, d := newNotebook(), newDiary()
		w := s.watch(n, d)
		w.Folders = c.folders
		start(t, w)
		filed := func(onward bool) func(Event) bool {
			return func(e Event) bool {
				if e.Name == EventFiled && e.Onward != onward {
					t.Errorf("%v: told as a step forward: %t", c.folders, e.Onward)
				}
				return e.Name == EventFiled
			}
		}
		d.until(t, filed(c.onward))
		d.until(t, func(e Event) bool { return e.Name == EventCycle || e.Name == EventRetrying })
		s.add("INBOX", mailOf("b@x", "two"))
		d.until(t, filed(len(c.folders) == 1))
	}
}

// A mailbox in which nothing can be changed is read all the same, and told of: settling will fail.
func TestReadOnlyMailboxIsReadAndToldOf(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"))
	s.misbehave = selecting("* OK [PERMANENTFLAGS ()] none", "* 1 EXISTS", "* OK [UIDNEXT 2] ok", "READ-ONLY")
	n, d := newNotebook(), newDiary()
	filed, err := s.watch(n, d).Once(context.Background())
	if filed != 1 || err != nil || d.count(EventReadOnly) != 1 {
		t.Errorf("filed %d, %v, told %+v", filed, err, d.events)
	}
}

// BenchmarkIdlePoll looks at a mailbox in which nothing is new: what a daemon does each minute of its life.
func BenchmarkIdlePoll(b *testing.B) {
	for _, count := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			s := newScript(b, "")
			n := newNotebook()
			manyMessages(s, n, count)
			w := &Watch{Account: s.account(), Folders: []string{"INBOX"}, Ledger: n}
			m, err := Dial(b.Context(), w.Account)
			if err != nil {
				b.Fatal(err)
			}
			defer m.Close()
			known := newMemory()
			if _, err := w.cycle(b.Context(), m, known); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := w.cycle(b.Context(), m, known); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Story 8: \Seen used as the queue. No flag is asked for.
func TestStory08FlagsAreNoQueue(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"))
	if _, err := s.watch(newNotebook(), newDiary()).Once(context.Background()); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.said {
		if strings.Contains(c, "SEEN") || strings.Contains(c, "FLAGS") || strings.Contains(c, "RECENT") {
			t.Errorf("asked %q", c)
		}
	}
}

func TestMissingFolderStopsNoOther(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"))
	n, d := newNotebook(), newDiary()
	w := s.watch(n, d)
	w.Folders, w.Junk = []string{"Renamed", "INBOX"}, "No junk"
	filed, err := w.Once(context.Background())
	if filed != 1 || err == nil || !strings.Contains(err.Error(), "mail.folders") || strings.Contains(err.Error(), "No junk") {
		t.Errorf("filed %d, %v", filed, err)
	}
	if d.count(EventNoFolder) != 2 || d.count(EventCycle) != 0 {
		t.Errorf("told %+v", d.events)
	}
}

func TestVanishedMessageIsNoFailure(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"), mailOf("b@x", "two"))
	s.misbehave = func(c *scriptConn, _, command string) bool {
		if strings.HasPrefix(command, "UID FETCH 1 ") {
			c.mu.Lock()
			c.folders["INBOX"].messages = slices.DeleteFunc(c.folders["INBOX"].messages, func(m scriptMessage) bool { return m.uid == 1 })
			c.mu.Unlock()
		}
		return false
	}
	n, d := newNotebook(), newDiary()
	filed, err := s.watch(n, d).Once(context.Background())
	if filed != 1 || err != nil || d.count(EventVanished) != 1 {
		t.Errorf("filed %d, %v, told %+v", filed, err, d.events)
	}
}

// One message that the ledger refuses does not stop the others; a ledger that refuses all is not asked for each.
func TestLedgerThatFails(t *testing.T) {
	s := newScript(t, "")
	for i := range 20 {
		s.add("INBOX", mailOf(fmt.Sprintf("%d@x", i), "words"))
	}
	n := newNotebook()
	n.fail = func(f Fetched) error {
		if f.Place.UID == 3 {
			return errors.New("refused")
		}
		return nil
	}
	if filed, err := s.watch(n, newDiary()).Once(context.Background()); filed != 19 || err == nil {
		t.Errorf("filed %d, %v", filed, err)
	}
	all := newNotebook()
	all.fail = func(Fetched) error { return errors.New("down") }
	if _, err := s.watch(all, newDiary()).Once(context.Background()); err == nil || len(all.tries) != ledgerDown {
		t.Errorf("%d were tried, %v", len(all.tries), err)
	}
}

func TestPauses(t *testing.T) {
	if got := pauseAfter(0, 0); got != firstPause/2 {
		t.Errorf("first pause %s", got)
	}
	for failures := range 1000 {
		low, high := pauseAfter(failures, 0), pauseAfter(failures, 1)
		if low <= 0 || high > longestPause || low > high || failures > 9 && high != longestPause {
			t.Fatalf("after %d failures %s to %s", failures, low, high)
		}
	}
}
