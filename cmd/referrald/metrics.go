package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"referrald/store"
)

// metrics are counts of what the daemon does. No label holds anything of a message.
type metrics struct {
	registry *prometheus.Registry
	watched  *prometheus.CounterVec
	decided  *prometheus.CounterVec
	sent     *prometheus.CounterVec
	lastRead prometheus.Gauge
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		watched:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "referrald_mailbox_events_total", Help: "What happened while watching the mailbox."}, []string{"event"}),
		decided:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "referrald_messages_decided_total", Help: "Messages decided, by class and outcome."}, []string{"class", "outcome"}),
		sent:     prometheus.NewCounterVec(prometheus.CounterOpts{Name: "referrald_mails_total", Help: "Letters, digests and alerts that were sent or failed."}, []string{"kind", "result"}),
		lastRead: prometheus.NewGauge(prometheus.GaugeOpts{Name: "referrald_mailbox_last_read_timestamp_seconds", Help: "When the mailbox was last looked through without an error."}),
	}
	m.registry.MustRegister(m.watched, m.decided, m.sent, m.lastRead, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
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
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("/readyz", d.ready)
	mux.Handle("/metrics", promhttp.HandlerFor(d.metrics.registry, promhttp.HandlerOpts{}))
	s := &http.Server{Handler: mux, ReadHeaderTimeout: headerTimeout}
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

func (d *daemon) ready(w http.ResponseWriter, r *http.Request) {
	beats, err := d.db.Beats(r.Context())
	switch {
	case err != nil:
		http.Error(w, "the store does not answer", http.StatusServiceUnavailable)
	case time.Since(beats[store.BeatRead]) > silence:
		http.Error(w, "the mailbox has not been read for a while", http.StatusServiceUnavailable)
	default:
		fmt.Fprintln(w, "ready")
	}
}
