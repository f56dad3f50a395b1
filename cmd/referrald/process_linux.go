package main

import "syscall"

// childAttributes puts a child into a process group of its own, so that it is killed with all it started, and ties its
// life to ours.
func childAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
