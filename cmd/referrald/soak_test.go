package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"referrald/store"
	"referrald/store/pgtest"
)

// Flags of the soak; `./task soak` sets them. Without, it is small enough for every test run.
var (
	soakSize     = flag.Int("soak.messages", 40, "so many messages")
	soakMinutes  = flag.Float64("soak.minutes", 0.5, "are sent over so many minutes")
	soakDatabase = flag.String("soak.database", "postgres", "to daemons on this database: postgres or sqlite")
	soakDaemons  = flag.Int("soak.daemons", 3, "of which there are so many (on sqlite: one)")
	soakKill     = flag.Duration("soak.kill-every", 6*time.Second, "one is killed about so often")
	soakCut      = flag.Duration("soak.cut-after", 20*time.Second, "and each connection is cut after so long, on average")
	soakDark     = flag.Int("soak.dark", 0, "but so many of a hundred go silent instead")
	soakSettle   = flag.Duration("soak.settle", 10*time.Minute, "then nothing breaks for at most so long, until all is settled")
	soakSeed     = flag.Uint64("soak.seed", 1, "chance begins here")
)

// TestSoak sends many messages through real servers to real daemons while it kills these and cuts their connections, and
// counts in the end whether each message has one case and one letter.
func TestSoak(t *testing.T) {
	t.Parallel()
	ctx, stop := signal.NotifyContext(t.Context(), os.Interrupt) // so that the servers are stopped
	defer stop()
	s := newSoak(t)
	s.load(ctx)
	s.settle(ctx)
	s.stop()
	s.count().report(t, s)
}

// A soak is a scene whose network and daemons break.
type soak struct {
	*scene
	messages []soakMessage
	chance   *rand.Rand
	daemons  []*daemonProcess
	ports    []int // of each daemon's health
	mailbox  *link
	database *link // nil on SQLite
	post     *postalLink
	lossy    atomic.Bool // answers to final dots are lost by chance

	mu    sync.Mutex
	kills []time.Time

	revived int // daemons that could not start, and were started again
	pace    pace
}

// newSoak starts the servers, and all daemons at once on a database without tables.
func newSoak(t *testing.T) *soak {
	t.Helper()
	if *soakSize < 1 || *soakMinutes <= 0 || *soakDaemons < 1 || *soakKill <= 0 || *soakCut <= 0 || *soakDark < 0 || *soakDark > 100 || *soakSettle <= 0 {
		t.Fatal("a soak needs a message, a daemon and some time at least, and --dark is a number of a hundred; ./task soak --help lists the options")
	}
	s := &soak{messages: soakMessages(t, *soakSize), chance: rand.New(rand.NewPCG(*soakSeed, 2))}
	switch *soakDatabase {
	case "sqlite":
		*soakDaemons = 1
		s.scene = newScene(t, nil)
	case "postgres":
		s.scene = newScene(t, pgtest.Start(t))
		s.database = newLink(t, portOf(t, s.source), passBytes)
	default:
		t.Fatalf("the database is %q; it may be postgres or sqlite", *soakDatabase)
	}
	s.mailbox = newLink(t, s.server.IMAPS, passBytes)
	answers := rand.New(rand.NewPCG(*soakSeed, 3))
	s.post = newPostalLink(t, s.server.SMTP, func(string) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.lossy.Load() && answers.IntN(12) == 0
	})
	s.ownBinary()
	s.configure()
	s.daemons = make([]*daemonProcess, *soakDaemons)
	for i := range s.daemons {
		s.ports = append(s.ports, freePort(t))
		s.run(i)
	}
	t.Cleanup(func() {
		for _, d := range s.daemons {
			d.kill()
		}
	})
	s.port = s.ports[0]
	s.open()
	s.through()
	return s
}

func portOf(t *testing.T, source string) int {
	t.Helper()
	u, err := url.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// configure gives the daemons a register, caps above what is sent, and the links in the servers' places. Letters travel
// without TLS, so that the link sees where they end.
func (s *soak) configure() {
	s.t.Helper()
	register, policy := filepath.Join(s.dir, "schools.csv"), filepath.Join(s.dir, "policy.toml")
	s.write(register, soakRegister())
	s.write(policy, "letters_per_sender_and_day = 100000\nletters_per_day = 100000\n")
	s.env = append(s.env, "REFERRALD_DATA_SCHOOLS="+register, "REFERRALD_POLICY_FILE="+policy, "REFERRALD_SMTP_TLS=none",
		"REFERRALD_SMTP_PORT="+strconv.Itoa(s.post.port), "REFERRALD_MAIL_PORT="+strconv.Itoa(s.mailbox.port))
}

// through lets daemons that are started from now on reach the database by its link.
func (s *soak) through() {
	if s.database == nil {
		return
	}
	s.env = append(s.env, "REFERRALD_STORE_URL="+linked(s.t, s.source, s.database))
}

// run starts the daemon with that number.
func (s *soak) run(n int) {
	s.daemons[n] = s.launch(fmt.Sprintf("REFERRALD_HTTP_LISTEN=127.0.0.1:%d", s.ports[n]))
}

// load sends all messages over the time, while daemons are killed and connections cut.
func (s *soak) load(ctx context.Context) {
	go s.watchPace(ctx)
	during, cancel := context.WithTimeout(ctx, time.Duration(*soakMinutes*float64(time.Minute)))
	defer cancel()
	s.shake(*soakCut)
	var busy sync.WaitGroup
	busy.Go(func() { s.sendAll(ctx, during) })
	busy.Go(func() { s.killing(during) })
	busy.Wait()
	s.shake(0)
}

// shake lets connections be cut after so long on average, or no longer.
func (s *soak) shake(life time.Duration) {
	s.lossy.Store(life > 0)
	s.mailbox.shake(life, *soakDark)
	s.post.shake(life/4, *soakDark) // they are short
	if s.database != nil {
		s.database.shake(life, *soakDark)
	}
}

// sendAll sends the messages evenly over the time. What is late then, where the machine is slow, goes at once.
func (s *soak) sendAll(ctx, during context.Context) {
	between := time.Duration(*soakMinutes * float64(time.Minute) / float64(len(s.messages)+1))
	tick := time.NewTicker(between)
	defer tick.Stop()
	for i := range s.messages {
		m := &s.messages[i]
		if err := s.server.Send(m.envelope(), serviceAddress, m.raw); err != nil {
			s.t.Errorf("sending message %d: %v", i, err)
		}
		s.pace.sent.Add(1)
		select {
		case <-during.Done():
		case <-tick.C:
		}
		if ctx.Err() != nil {
			return
		}
	}
}

// killing kills a daemon again and again, and starts it anew.
func (s *soak) killing(ctx context.Context) {
	for store.Pause(ctx, time.Duration(float64(*soakKill)*(0.5+s.chance.Float64()))) {
		s.revive()
		n := s.chance.IntN(len(s.daemons))
		s.mu.Lock()
		s.kills = append(s.kills, time.Now())
		s.mu.Unlock()
		s.daemons[n].kill()
		s.run(n)
	}
}

// revive starts daemons anew that could not start, as systemd would: the connection to the database broke meanwhile. One
// that had begun its work must not end by itself.
func (s *soak) revive() {
	for n, d := range s.daemons {
		select {
		case <-d.ended:
			if strings.Contains(d.said(s.t), `"msg":"running"`) {
				s.t.Errorf("a daemon ended by itself: %v\n%s", d.cmd.ProcessState, d.lastWords(s.t))
			}
			s.revived++
			s.run(n)
		default:
		}
	}
}

// settle waits, while nothing breaks, until all is done.
func (s *soak) settle(ctx context.Context) {
	s.t.Helper()
	limit, cancel := context.WithTimeout(ctx, *soakSettle)
	defer cancel()
	for s.pace.settled.Load() < int64(len(s.messages)) || !s.idle(limit) {
		if ctx.Err() != nil {
			s.t.Fatal("broken off")
		}
		s.revive()
		if !store.Pause(limit, 500*time.Millisecond) {
			s.t.Errorf("%s after the last kill not all is done", *soakSettle)
			return
		}
	}
}

func (s *soak) idle(ctx context.Context) bool {
	idle, err := s.db.Idle(ctx)
	return err == nil && idle
}

// stop asks all daemons to end, and looks whether anything outlives them.
func (s *soak) stop() {
	for _, d := range s.daemons {
		d.stop(s.t)
	}
	s.checkNothingRuns()
}

// A pace is how the work goes along.
type pace struct {
	sent, filed, settled atomic.Int64
	gap                  atomic.Int64 // the longest time in which messages waited and none was filed or settled, in nanoseconds
}

// watchPace counts what is done, and shows it on a terminal.
func (s *soak) watchPace(ctx context.Context) {
	bar := newBar(terminal{Err: os.Stderr}, "settled", len(s.messages))
	defer bar.Close()
	last := time.Now()
	for bar.done < len(s.messages) && store.Pause(ctx, 250*time.Millisecond) {
		var filed, settled int64
		if err := s.raw.QueryRowContext(ctx, "SELECT count(*), coalesce(sum(CASE WHEN settled <> '' THEN 1 ELSE 0 END), 0) FROM messages").Scan(&filed, &settled); err != nil {
			continue // a locked file
		}
		if filed+settled > s.pace.filed.Load()+s.pace.settled.Load() || settled == s.pace.sent.Load() {
			last = time.Now()
		}
		s.pace.filed.Store(filed)
		s.pace.settled.Store(settled)
		s.pace.gap.Store(max(s.pace.gap.Load(), int64(time.Since(last))))
		for int64(bar.done) < settled {
			bar.Step()
		}
	}
}
