//go:build !linux

package main

// fence bounds nothing where the kernel is not Linux: the deadline and the process border are what is left.
func fence(int, int, string) {}

// fenceScan bounds nothing where the kernel is not Linux.
func fenceScan(int, int) {}

// fencesInForce says what holds.
func fencesInForce() string {
	return "in force: a process of its own, a deadline; lacking: everything that Linux would add"
}
