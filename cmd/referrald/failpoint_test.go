package main

import (
	"context"
	"fmt"
	"go/build"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"referrald/store"
)

// steps are the fail-points on a message's way. One is none in the daemon: the network takes the server's answer away, and the test the
// daemon.
var steps = []step{beforeFetch, afterFetch, beforeFile, afterFile, beforeTake, beforeDecide, afterDecide, beforeCommit, afterCommit, afterTake,
	beforeSend, sending, finalDot, afterAnswer, afterSend, beforeSettle, afterMove, afterSettle}

// finalDot is the moment between a letter's final dot and the server's answer.
const finalDot step = "before-250"

// twice are the steps after which nobody can know whether the letter left: it may come twice, as the same letter.
var twice = map[step]bool{finalDot: true, afterAnswer: true}

// silent are the steps of settling, which goes on beside the sending: letters are stopped meanwhile, so that the power does
// not go in the midst of a letter by chance.
var silent = map[step]bool{beforeSettle: true, afterMove: true, afterSettle: true}

// TestKilledAtEachStep takes the power away at each step of one message's way, starts the daemon again, and looks whether
// the message has one case, one letter and its folder, and nothing is left running.
func TestKilledAtEachStep(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, s *scene) {
		k := newKilling(t, s)
		for i, at := range steps {
			k.kill(i, at)
		}
		s.checkOnce(len(steps))
		k.daemon.stop(t)
		s.checkNothingRuns()
	})
}

// TestDigestKilled takes the power away before and after a digest is queued: the staff get it once, and none is left out.
func TestDigestKilled(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, s *scene) {
		s.start().stop(t) // makes the tables
		for n, at := range []step{beforeDigest, afterDigest} {
			s.missDigest(10 + 5*n)
			armed := t.TempDir()
			s.write(filepath.Join(armed, string(at)), "")
			dying := s.launch("REFERRALD_FAILPOINTS=" + armed)
			select {
			case <-dying.ended:
			case <-time.After(longest):
				t.Fatalf("%s: the daemon does not come to it", at)
			}
			s.endLeases()
			d := s.start()
			s.await(longest, "the digest is sent and no work waits", func(ctx context.Context) bool {
				var left int
				err := s.raw.QueryRowContext(ctx, "SELECT count(*) FROM river_job WHERE state IN ('available', 'running', 'retryable')").Scan(&left)
				return err == nil && left == 0 && len(s.mails(teamAddress, "INBOX")) > n
			})
			d.stop(t)
			if got := len(s.mails(teamAddress, "INBOX")); got != n+1 {
				t.Fatalf("%s: %d digests came, want %d", at, got, n+1)
			}
		}
	})
}

// missDigest makes the database that of a daemon which was off when a digest was due, so many days ago.
func (s *scene) missDigest(days int) {
	s.t.Helper()
	last := time.Now().AddDate(0, 0, -days).UTC().Format("2006-01-02T15:04:05.000000Z")
	for _, step := range []string{beatDigest, store.BeatPeriodic("digest")} {
		query := fmt.Sprintf("INSERT INTO beats (step, at) VALUES ('%s', '%s') ON CONFLICT (step) DO UPDATE SET at = excluded.at", step, last)
		if _, err := s.raw.ExecContext(s.t.Context(), query); err != nil {
			s.t.Fatal(err)
		}
	}
}

// A killing is a scene whose daemon dies at steps.
type killing struct {
	*scene
	daemon *daemonProcess
	armed  string // folder of the armed fail-points
	post   *postalLink
	dot    chan struct{} // the server has taken a letter, and its answer waits; nil while answers pass
	dead   chan struct{}
}

func newKilling(t *testing.T, s *scene) *killing {
	t.Helper()
	k := &killing{scene: s, armed: t.TempDir(), dot: make(chan struct{}), dead: make(chan struct{})}
	k.post = newPostalLink(t, s.server.SMTP, k.lose)
	s.env = append(s.env, "REFERRALD_FAILPOINTS="+k.armed, "REFERRALD_SMTP_TLS=none", "REFERRALD_SMTP_PORT="+strconv.Itoa(k.post.port))
	s.ownBinary()
	k.daemon = s.start()
	return k
}

// lose holds the server's answer back where finalDot is armed, until the daemon is dead.
func (k *killing) lose(string) bool {
	if os.Remove(filepath.Join(k.armed, string(finalDot))) != nil {
		return false
	}
	close(k.dot)
	<-k.dead
	return true
}

// kill sends the nth message, lets the daemon die of it at a step, starts it again and waits for the message's end.
func (k *killing) kill(n int, at step) {
	k.t.Helper()
	if silent[at] {
		k.command("outgoing", "stop", "--by", "test", "--config", k.config)
	}
	k.write(filepath.Join(k.armed, string(at)), "")
	k.send(numberedAuthor(n), k.numbered(n))
	if at == finalDot {
		select {
		case <-k.dot:
		case <-time.After(longest):
			k.t.Fatalf("%s: the letter does not come to it", at)
		}
		k.daemon.kill()
		close(k.dead)
	}
	select {
	case <-k.daemon.ended:
	case <-time.After(longest):
		k.t.Fatalf("%s: the daemon does not come to it", at)
	}
	if code := k.daemon.cmd.ProcessState.ExitCode(); code != -1 {
		k.t.Errorf("%s: the daemon ended with status %d instead of being killed", at, code)
	}
	k.endLeases()
	k.daemon = k.start()
	if silent[at] {
		k.command("outgoing", "start", "--by", "test", "--config", k.config)
	}
	k.awaitSettled(longest, n+1)
	k.checkCopies(n, at)
}

// checkCopies looks whether the school's letter came once, or twice as the same where nobody could know.
func (k *killing) checkCopies(n int, at step) {
	k.t.Helper()
	k.checkOneLetter(n)
	most := 1
	if twice[at] {
		most = 2
	}
	if got := len(k.mails(numberedAuthor(n), "INBOX")); got > most {
		k.t.Errorf("%s: %d copies of the letter came, want at most %d", at, got, most)
	}
}

// ownBinary gives the scene a copy of the binary that bears its own path, so that what it leaves running can be told from
// other tests' processes.
func (s *scene) ownBinary() {
	s.t.Helper()
	own := filepath.Join(s.dir, "referrald")
	if err := os.Link(s.binary, own); err != nil {
		s.t.Fatal(err)
	}
	s.binary = own
}

// checkNothingRuns looks for a daemon, or a reading child, that outlived its end.
func (s *scene) checkNothingRuns() {
	s.t.Helper()
	links, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil || len(links) == 0 {
		s.t.Fatalf("no processes to look at: %v", err)
	}
	for _, l := range links {
		if exe, err := os.Readlink(l); err == nil && exe == s.binary { // others end, or are not ours to look at
			s.t.Errorf("process %s still runs", filepath.Base(filepath.Dir(l)))
		}
	}
}

// The daemon that is shipped has no fail-points.
func TestTheShippedDaemonHasNoFailpoints(t *testing.T) {
	for file, want := range map[string]bool{"failpoint_on.go": false, "failpoint_off.go": true} {
		if got, err := build.Default.MatchFile(".", file); err != nil || got != want {
			t.Errorf("%s is compiled in: %t, %v; want %t", file, got, err, want)
		}
	}
}
