package pgtest

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/lib/pq"
)

// A Server is a running PostgreSQL.
type Server struct {
	port int
	next atomic.Int64
}

// startup bounds how long the server may take until it answers.
const startup = 60 * time.Second

// Start starts a server and stops it when the test, or all tests of a testing.M's wrapper, end. Where PostgreSQL is not
// installed the test is skipped, or fails where REFERRALD_EVERYTHING is set.
func Start(t testing.TB) *Server {
	t.Helper()
	bin := binaries()
	if bin == "" {
		missing(t, "PostgreSQL is not installed; ./task test installs it")
	}
	dir, err := os.MkdirTemp("", "pgtest")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	as := account(t, dir)
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "referrald", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
	initdb.SysProcAttr, initdb.Dir = as, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("making a PostgreSQL cluster: %v\n%s", err, out)
	}
	s := &Server{port: freePort(t)}
	s.run(t, filepath.Join(bin, "postgres"), dir, data, as)
	return s
}

func missing(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("REFERRALD_EVERYTHING") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// binaries returns the folder of the newest installed version, or "".
func binaries() string {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return ""
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path)))) // 0 for what is no number
		return n
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) }))
}

// account returns as whom the server runs: PostgreSQL refuses root, so that a test of root's runs it as another user, who
// then owns the folder.
func account(t testing.TB, dir string) *syscall.SysProcAttr {
	t.Helper()
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if os.Getuid() != 0 {
		return attr
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errUID := strconv.Atoi(u.Uid)
		gid, errGID := strconv.Atoi(u.Gid)
		if errUID != nil || errGID != nil {
			continue
		}
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return attr
	}
	t.Fatal("PostgreSQL does not run as root, and there is no user to run it as")
	return nil
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (s *Server) run(t testing.TB, binary, dir, data string, as *syscall.SysProcAttr) {
	t.Helper()
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "-D", data, "-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-k", "", "-c", "fsync=off",
		"-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=64MB", "-c", "max_connections=80")
	cmd.SysProcAttr, cmd.Dir, cmd.Stdout, cmd.Stderr = as, dir, log, log
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting PostgreSQL: %v", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGQUIT) // at once; the folder goes anyhow
		<-ended
		_ = log.Close()
	})
	s.await(t, ended, log.Name())
}

// await waits until the server answers.
func (s *Server) await(t testing.TB, ended chan error, log string) {
	t.Helper()
	db := s.admin(t)
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), startup)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for db.PingContext(ctx) != nil {
		select {
		case err := <-ended:
			ended <- err
			out, _ := os.ReadFile(log) // for the message alone
			t.Fatalf("PostgreSQL ended: %v\n%s", err, out)
		case <-ctx.Done():
			t.Fatal("PostgreSQL does not answer")
		case <-tick.C:
		}
	}
}

func (s *Server) admin(t testing.TB) *sql.DB {
	t.Helper()
	c, err := pq.NewConnector(s.url("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	return sql.OpenDB(c)
}

func (s *Server) url(database string) string {
	return fmt.Sprintf("postgres://referrald@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
}

// NewDatabase makes an empty database and returns its URL.
func (s *Server) NewDatabase(t testing.TB) string {
	t.Helper()
	db := s.admin(t)
	defer db.Close()
	name := fmt.Sprintf("test%d", s.next.Add(1))
	if _, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatalf("making a database: %v", err)
	}
	return s.url(name)
}
