package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"referrald/notify"
	"referrald/store"
)

// metrics are counts of what the daemon does. No label holds anything of a message.
type metrics struct {
	registry *prometheus.Registry
	watched  *prometheus.CounterVec
	decided  *prometheus.CounterVec
	sent     *prometheus.CounterVec
	lastRead prometheus.Gauge
	troubles *prometheus.GaugeVec
	expires  prometheus.Gauge
	canaries *prometheus.GaugeVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		watched:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "referrald_mailbox_events_total", Help: "What happened while watching the mailbox."}, []string{"event"}),
		decided:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "referrald_messages_decided_total", Help: "Messages decided, by class and outcome."}, []string{"class", "outcome"}),
		sent:     prometheus.NewCounterVec(prometheus.CounterOpts{Name: "referrald_mails_total", Help: "Letters, digests and alerts that were sent or failed."}, []string{"kind", "result"}),
		lastRead: prometheus.NewGauge(prometheus.GaugeOpts{Name: "referrald_mailbox_last_read_timestamp_seconds", Help: "When the mailbox was last looked through without an error, or a message of a backlog filed."}),
		troubles: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "referrald_trouble", Help: "1 while the watchdog sees this trouble."}, []string{"trouble"}),
		expires:  prometheus.NewGauge(prometheus.GaugeOpts{Name: "referrald_secret_expires_timestamp_seconds", Help: "When what opens the mailbox expires, 0 where that is not known."}),
		canaries: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "referrald_canary_timestamp_seconds", Help: "When the last trial message was sent, and when the last that came back had been sent; 0 for none."}, []string{"canary"}),
	}
	m.registry.MustRegister(m.watched, m.decided, m.sent, m.lastRead, m.troubles, m.expires, m.canaries, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// showTroubles is told what the watchdog sees.
func (m *metrics) showTroubles(lasting map[notify.Trouble]time.Time, p *pulse) {
	for _, what := range notify.Troubles() {
		value := 0.0
		if _, ok := lasting[what]; ok {
			value = 1
		}
		m.troubles.WithLabelValues(string(what)).Set(value)
	}
	m.expires.Set(seconds(p.Expires))
	if p.Beats != nil {
		m.canaries.WithLabelValues("sent").Set(seconds(p.Beats[beatCanarySent]))
		m.canaries.WithLabelValues("returned").Set(seconds(p.Beats[beatCanaryReturned]))
	}
}

func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.Unix())
}

// Bounds of the health server.
const (
	headerTimeout = 5 * time.Second
	closeTimeout  = 5 * time.Second
)

// serve answers /healthz (the process lives), /readyz (the store answers and the mailbox was read lately) and /metrics.
func (d *daemon) serve(ctx context.Context) error {
	if d.config.HTTP.Listen == "" {
		return nil
	}
	l, err := net.Listen("tcp", d.config.HTTP.Listen)
	if err != nil {
		return Faults{{"http.listen", "cannot be opened: another program listens there, or the address is not this machine's", `Name a free port, or "" to turn it off.`}}
	}
	s := &http.Server{Handler: d.health(), ReadHeaderTimeout: headerTimeout}
	stop := context.AfterFunc(ctx, func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
		defer cancel()
		_ = s.Shutdown(closing) // a slow reader of metrics must not keep the daemon
	})
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving health: %w", err)
	}
	return nil
}

func (d *daemon) health() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("/readyz", d.ready)
	mux.Handle("/metrics", promhttp.HandlerFor(d.metrics.registry, promhttp.HandlerOpts{}))
	return mux
}

// ready says no while anything is wrong that keeps referrals or letters from going their way. An expiring secret does not
// yet, and a message that is not moved has gone it.
func (d *daemon) ready(w http.ResponseWriter, r *http.Request) {
	beats, err := d.db.Beats(r.Context())
	var wrong []string
	for _, what := range d.guard.Lasting() {
		if what != notify.TroubleSecret && what != notify.TroubleMoving {
			wrong = append(wrong, string(what))
		}
	}
	switch {
	case err != nil:
		http.Error(w, "the store does not answer", http.StatusServiceUnavailable)
	case len(wrong) > 0:
		http.Error(w, "trouble: "+strings.Join(wrong, " "), http.StatusServiceUnavailable)
	case time.Since(beats[store.BeatRead]) > silence:
		http.Error(w, "the mailbox has not been read for a while", http.StatusServiceUnavailable)
	default:
		fmt.Fprintln(w, "ready")
	}
}
