//go:build !linux

package main

import "errors"

// fence bounds nothing where the kernel is not Linux: the deadline and the process border are what is left.
func fence(int, int, string) {}

// fenceScan bounds nothing where the kernel is not Linux.
func fenceScan(int, int) {}

// fenceOffice has no fences to put up, and so nothing is converted.
func fenceOffice(int, int, string, string) error { return errors.New("no fences on this system") }

// fencesInForce says what holds.
func fencesInForce() string {
	return "in force: a process of its own, a deadline; lacking: everything that Linux would add"
}
