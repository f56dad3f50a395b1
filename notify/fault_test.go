package notify

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// What a faulty server can do instead of answering.
const (
	drop   = "drop"   // end the connection
	silent = "silent" // never answer
)

// A fault is a server that answers as told: replies by the verb of a command, "greeting" for the first line and "dot" for the
// end of a letter. What is not told is answered well.
type fault struct {
	replies map[string]string
	mu      sync.Mutex
	heard   []string
	ended   bool // a whole letter came
	quiet   chan struct{}
}

func (f *fault) open(t *testing.T) Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f.quiet = make(chan struct{}, 1)
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() { f.serve(conn) })
		}
	})
	t.Cleanup(func() { _ = listener.Close(); all.Wait() })
	return Server{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, TLS: "none", EnvelopeFrom: "referrals@charity.example", Timeout: 10 * time.Second}
}

// answer writes the reply to a verb, and tells whether the conversation goes on.
func (f *fault) answer(conn net.Conn, lines *bufio.Scanner, verb, well string) bool {
	reply, told := f.replies[verb]
	switch {
	case !told:
		reply = well
	case reply == drop:
		return false
	case reply == silent:
		f.quiet <- struct{}{}
		lines.Scan() // until the client gives up
		return false
	}
	_, err := fmt.Fprintf(conn, "%s\r\n", reply)
	return err == nil
}

func (f *fault) serve(conn net.Conn) {
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	if !f.answer(conn, lines, "greeting", "220 mail.charity.example") {
		return
	}
	for lines.Scan() {
		verb := strings.ToUpper(strings.Fields(lines.Text() + " ?")[0])
		f.mu.Lock()
		f.heard = append(f.heard, verb)
		f.mu.Unlock()
		well := "250 OK"
		switch verb {
		case "EHLO":
			well = "250-mail.charity.example\r\n250 AUTH PLAIN"
		case "AUTH":
			well = "235 2.7.0 OK"
		case "DATA":
			well = "354 go on"
		case "QUIT":
			well = "221 bye"
		}
		if !f.answer(conn, lines, verb, well) || verb == "QUIT" {
			return
		}
		if verb == "DATA" && strings.HasPrefix(f.replies[verb]+well, "354") && !f.letter(conn, lines) {
			return
		}
	}
}

func (f *fault) letter(conn net.Conn, lines *bufio.Scanner) bool {
	for lines.Scan() {
		if lines.Text() == "." {
			f.mu.Lock()
			f.ended = true
			f.mu.Unlock()
			return f.answer(conn, lines, "dot", "250 2.0.0 taken")
		}
	}
	return false
}

const school = "dsl@larkmoor.stoke.sch.uk"

// TestFailuresAreToldApart: what is permanent is given up, so that it may be said only of a refused letter.
func TestFailuresAreToldApart(t *testing.T) {
	for _, x := range []struct {
		at, reply string
		user      string
		kind      FailureKind
		code      int
		remedy    string
	}{
		{at: "greeting", reply: "421 4.3.2 busy", kind: Temporary, code: 421},
		{at: "greeting", reply: "554 5.7.1 no", kind: Temporary, code: 554},
		{at: "greeting", reply: drop, kind: Temporary},
		{at: "AUTH", reply: "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant", user: "u", kind: Temporary, code: 535, remedy: "SmtpClientAuthenticationDisabled"},
		{at: "AUTH", reply: "535 5.7.8 bad", user: "u", kind: Temporary, code: 535, remedy: "smtp.user"},
		{at: "AUTH", reply: "454 4.7.0 later", user: "u", kind: Temporary, code: 454},
		{at: "AUTH", reply: drop, user: "u", kind: Temporary},
		{at: "MAIL", reply: "550 5.7.60 SMTP; Client does not have permissions to send as this sender", kind: Temporary, code: 550, remedy: "Send As"},
		{at: "MAIL", reply: "530 5.7.57 not authenticated", kind: Temporary, code: 530, remedy: "smtp.user"},
		{at: "MAIL", reply: "553 5.1.7 bad sender", kind: Permanent, code: 553},
		{at: "MAIL", reply: "452 4.3.1 full", kind: Temporary, code: 452},
		{at: "RCPT", reply: "550 5.1.1 <" + school + "> no such user", kind: Permanent, code: 550},
		{at: "RCPT", reply: "550 5.4.1 " + school + " denied", kind: Permanent, code: 550},
		{at: "RCPT", reply: "450 4.2.0 greylisted " + school, kind: Temporary, code: 450},
		{at: "RCPT", reply: drop, kind: Temporary},
		{at: "DATA", reply: "554 5.5.1 no", kind: Permanent, code: 554},
		{at: "DATA", reply: "451 4.3.0 later", kind: Temporary, code: 451},
		{at: "DATA", reply: drop, kind: Temporary},
		{at: "dot", reply: "554 5.6.0 refused " + school, kind: Permanent, code: 554},
		{at: "dot", reply: "554 5.2.252 SendAsDenied; referrals@charity.example not allowed to send as other", kind: Temporary, code: 554, remedy: "Send As"},
		{at: "dot", reply: "451 4.7.0 later", kind: Temporary, code: 451},
		{at: "dot", reply: "nonsense", kind: Unknown},
		{at: "dot", reply: drop, kind: Unknown},
	} {
		t.Run(x.at+" "+x.reply, func(t *testing.T) {
			server := &fault{replies: map[string]string{x.at: x.reply}}
			settings := server.open(t)
			if x.user != "" {
				settings.User, settings.Password = x.user, "p"
			}
			err := sender(t, settings).Send(t.Context(), school, aLetter(t))
			var f *Failure
			if !errors.As(err, &f) {
				t.Fatalf("got %v, want a *Failure", err)
			}
			if f.Kind != x.kind || f.Code != x.code {
				t.Errorf("got %s %d, want %s %d: %v", f.Kind, f.Code, x.kind, x.code, err)
			}
			if !strings.Contains(f.Remedy, x.remedy) {
				t.Errorf("the remedy %q does not speak of %q", f.Remedy, x.remedy)
			}
			for _, words := range []string{school, "larkmoor", "greylisted", "referrals@"} {
				if strings.Contains(err.Error(), words) {
					t.Errorf("the error repeats the server's words: %v", err)
				}
			}
		})
	}
}

// TestATakenLetterIsSent: what the server does after it has answered for the letter does not count.
func TestATakenLetterIsSent(t *testing.T) {
	for _, reply := range []string{drop, "500 what", "421 bye"} {
		server := &fault{replies: map[string]string{"QUIT": reply, "RSET": reply}}
		if err := sender(t, server.open(t)).Send(t.Context(), school, aLetter(t)); err != nil {
			t.Errorf("QUIT %s: %v", reply, err)
		}
		server.mu.Lock()
		if !server.ended {
			t.Error("no letter came")
		}
		server.mu.Unlock()
	}
}

// TestNothingTravelsUnprotected: a server that offers no STARTTLS is told neither a name nor a letter.
func TestNothingTravelsUnprotected(t *testing.T) {
	server := &fault{}
	settings := server.open(t)
	settings.TLS, settings.User, settings.Password = "starttls", "u", "p"
	err := sender(t, settings).Send(t.Context(), school, aLetter(t))
	var f *Failure
	if !errors.As(err, &f) || f.Kind != Temporary || !strings.Contains(f.Remedy, "smtp.tls") {
		t.Errorf("got %v, want a temporary failure that names smtp.tls", err)
	}
	server.mu.Lock()
	defer server.mu.Unlock()
	for _, verb := range server.heard {
		if verb != "EHLO" && verb != "QUIT" {
			t.Errorf("the server heard %s", verb)
		}
	}
}

// TestSilenceEnds: neither a silent server nor the end of the context can hold the daemon up.
func TestSilenceEnds(t *testing.T) {
	for _, at := range []string{"greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot", "QUIT"} {
		t.Run(at+" times out", func(t *testing.T) {
			server := &fault{replies: map[string]string{at: silent}}
			settings := server.open(t)
			settings.Timeout = 150 * time.Millisecond
			silence(t, at, sender(t, settings).Send(t.Context(), school, aLetter(t)), nil)
		})
		t.Run(at+" is called off", func(t *testing.T) {
			server := &fault{replies: map[string]string{at: silent}}
			settings := server.open(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			go func() { <-server.quiet; cancel() }()
			begun := time.Now()
			silence(t, at, sender(t, settings).Send(ctx, school, aLetter(t)), context.Canceled)
			if waited := time.Since(begun); waited > 5*time.Second {
				t.Errorf("it took %s to end", waited)
			}
		})
	}
}

// silence holds the error of a silent server to what is known then.
func silence(t *testing.T, at string, err, cause error) {
	t.Helper()
	if at == "QUIT" {
		if err != nil {
			t.Errorf("the letter was taken: %v", err)
		}
		return
	}
	want := Temporary
	if at == "dot" {
		want = Unknown
	}
	var f *Failure
	if !errors.As(err, &f) || f.Kind != want {
		t.Fatalf("got %v, want a failure that is %s", err, want)
	}
	if cause != nil && !errors.Is(err, cause) {
		t.Errorf("got %v, want %v", err, cause)
	}
}
