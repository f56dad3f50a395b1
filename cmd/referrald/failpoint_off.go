//go:build !failpoints

package main

// failpoint does nothing in the daemon that is shipped.
func failpoint(step) {}
