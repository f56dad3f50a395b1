//go:build !linux

package main

import "syscall"

// childAttributes puts a child into a process group of its own, so that it is killed with all it started.
func childAttributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// fence has nothing to put up here: landlock, seccomp and the limits are Linux's. The deadline still holds.
func fence(int, int, string) {}

// fencesInForce says so to the operator.
func fencesInForce() string { return "lacking: fences need Linux; only the deadline is in force" }
