package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"referrald/ingest"
	"referrald/notify"
	"referrald/store"
)

// A daemon is all the parts together: it watches the mailbox, works the jobs, and is asked for its health.
//
//	watch ──File──▶ take ──Decide──┬──▶ deliver
//	                               └──▶ settle          digest, alarms, canary, retention: periodic, one daemon at a time
//
// A guard looks after all of them.
type daemon struct {
	config   *Config
	examiner *examiner
	db       *store.DB
	steps    logbook // the store
	sender   *notify.Sender
	account  ingest.Account
	box      *settler
	calendar *calendar
	log      *slog.Logger
	metrics  *metrics
	name     string  // of this process, for leases
	tokens   *tokens // nil where no login wants any
	hook     *webhook
	guard    *guard
}

// newDaemon puts the parts together, top to bottom. Close it.
func newDaemon(ctx context.Context, c *Config, log *slog.Logger) (d *daemon, err error) {
	d = &daemon{config: c, log: log, metrics: newMetrics(), name: processName(c)}
	if d.examiner, err = newExaminer(c); err != nil {
		return nil, err
	}
	var faults Faults
	if d.calendar, faults = newCalendar(c.Digest); faults != nil {
		return nil, faults
	}
	var token func(context.Context) (string, error)
	if c.Mail.Auth == "oauth" || c.SMTP.Auth == "oauth" {
		if d.tokens, err = newTokens(c.OAuth, log); err != nil {
			return nil, err
		}
		token = d.tokens.Token
	}
	d.account = accountOf(c, token)
	if d.sender, err = notify.NewSender(serverOf(c, token)); err != nil {
		return nil, err
	}
	d.box = &settler{account: d.account}
	d.hook = newWebhook(c.Watchdog.Webhook)
	if d.db, err = openStore(ctx, c, log); err != nil {
		return nil, err
	}
	d.steps = d.db
	if d.tokens != nil {
		d.tokens.keep = d.db
	}
	d.guard = &guard{books: d.db, roads: d.roadsFor, pulse: d.pulse(time.Now()), holder: d.name, log: log, shown: d.metrics.showTroubles}
	return d, nil
}

// Close ends what newDaemon began.
func (d *daemon) Close() {
	d.box.Close()
	if err := d.db.Close(); err != nil {
		d.log.Error("closing the store", "error", err)
	}
}

func accountOf(c *Config, token func(context.Context) (string, error)) ingest.Account {
	a := ingest.Account{Host: c.Mail.Host, Port: c.Mail.Port, TLS: c.Mail.TLS, CAFile: c.Mail.CAFile, User: c.Mail.User, Password: string(c.Mail.Password)}
	if c.Mail.Auth == "oauth" {
		a.Token = token
	}
	return a
}

func serverOf(c *Config, token func(context.Context) (string, error)) notify.Server {
	s := notify.Server{Host: c.SMTP.Host, Port: c.SMTP.Port, TLS: c.SMTP.TLS, CAFile: c.SMTP.CAFile, User: c.SMTP.User, Password: string(c.SMTP.Password),
		EnvelopeFrom: c.SMTP.EnvelopeFrom, Timeout: time.Minute}
	if s.EnvelopeFrom == "" {
		s.EnvelopeFrom = c.Service.Address
	}
	if c.SMTP.Auth == "oauth" && c.SMTP.User != "" {
		s.Token = token
	}
	return s
}

// processName tells daemons of several machines apart. On a database file there is one daemon alone, and one that is started
// again after a crash has the same name, so that it need not wait for its own lease to end.
func processName(c *Config) string {
	if strings.HasPrefix(string(c.Store.URL), "sqlite:") {
		return "the-one-daemon"
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unnamed"
	}
	return fmt.Sprintf("%s-%d", strings.ReplaceAll(host, ":", "-"), os.Getpid())
}

// workers is how many jobs one daemon works at once.
const workers = 4

// Run works until ctx ends. The parts stop together: when one fails the others are stopped, too.
func (d *daemon) Run(ctx context.Context) error {
	if err := d.db.Migrate(ctx); err != nil {
		return fmt.Errorf("preparing the store: %w", err)
	}
	release, err := d.db.Lock(ctx)
	if err != nil {
		return err
	}
	defer release()
	g, ctx := errgroup.WithContext(ctx)
	defer context.AfterFunc(ctx, d.db.Hurry)()
	g.Go(func() error { return d.watch(ctx) })
	g.Go(func() error { return d.db.Work(ctx, d.handlers(), workers) })
	g.Go(func() error { return d.serve(ctx) })
	g.Go(func() error { return d.guard.Run(ctx) })
	d.log.Info("running", "version", version())
	err = g.Wait()
	d.log.Info("stopped")
	return err
}

func (d *daemon) handlers() store.Handlers {
	periodic := []store.Periodic{
		{Name: "digest", Next: d.calendar.Next, Do: d.sendDigest},
		{Name: alarmsWork, Next: every(alarmEvery), Do: d.repeatAlarms},
		{Name: "retention", Next: every(retainEvery), Do: d.retain},
	}
	if canary := time.Duration(d.config.Watchdog.Canary); canary > 0 {
		periodic = append(periodic, store.Periodic{Name: "canary", Next: every(canary), Do: d.sendCanary})
	}
	return store.Handlers{Take: d.take, Deliver: d.deliver, Settle: d.settle, Alert: d.deliver, Periodic: periodic}
}

// alarmsWork is the periodic work by which the watchdog knows that such work is done at all.
const alarmsWork = "alarms"

// How often the periodic work is done.
const (
	alarmEvery  = 30 * time.Minute
	watchEvery  = time.Minute
	retainEvery = 24 * time.Hour
)

func every(d time.Duration) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return t.Truncate(d).Add(d) }
}
