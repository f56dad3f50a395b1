// Package pgtest starts PostgreSQL for tests: a server of the test's own, on a free loopback port, with its data in a
// temporary folder and nothing flushed to disk, never the system's service. It is stopped by its own process id.
package pgtest
