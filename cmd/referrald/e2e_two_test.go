package main

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"referrald/store"
	"referrald/store/pgtest"
)

// takeOver is how long another daemon may take to go on where one has died.
const takeOver = time.Minute

// TestTwoDaemons lets two daemons share a database and a mailbox, and takes the power away from the one that has the
// mailbox.
func TestTwoDaemons(t *testing.T) {
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		s := newScene(t, pgtest.Start(t))
		first := s.start()
		second := s.start(fmt.Sprintf("REFERRALD_HTTP_LISTEN=127.0.0.1:%d", freePort(t)))
		for i := range 6 {
			s.send(numberedAuthor(i), s.numbered(i))
		}
		s.await(longest, "some messages are filed", func(ctx context.Context) bool { return len(s.messages(ctx)) >= 2 })
		first.kill()
		for i := 6; i < 10; i++ {
			s.send(numberedAuthor(i), s.numbered(i))
		}
		s.awaitSettled(takeOver, 10)
		s.checkOnce(10)
		second.stop(t)
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
