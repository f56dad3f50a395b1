package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"
)

// fence shuts the reading child in: bounded memory, processor time and output, no core dump, and, where the kernel has
// them, no files (landlock) and no network, no new program, no look at other processes (seccomp). Each is best effort
// on its own; `referrald check` says which are in force. An older kernel must not stop referrals from being read.
func fence(memoryMiB, seconds int, cache string) {
	limitResources(memoryMiB, seconds)
	debug.SetMaxStack(256 << 20)
	_ = denyFiles(cache)
	_ = denySystemCalls(deniedCalls)
}

// fenceScan shuts in the child that has scans recognised. It may start one program, the OCR engine, which may read the
// system's own folders and nothing else.
func fenceScan(memoryMiB, seconds int) {
	limitResources(memoryMiB, seconds)
	_ = landlock.V7.BestEffort().Restrict(
		landlock.RODirs("/usr", "/lib", "/lib64", "/bin", "/etc", "/opt", "/proc/self").IgnoreIfMissing(),
		landlock.RWFiles("/dev/null").IgnoreIfMissing())
	_ = denySystemCalls(slices.DeleteFunc(slices.Clone(deniedCalls), func(name string) bool {
		return slices.Contains(startingCalls, name)
	}))
}

// startingCalls are what starting and stopping the OCR engine needs.
var startingCalls = []string{"execve", "execveat", "fork", "vfork", "kill", "tkill", "socketpair"}

// limitResources sets the limits of setrlimit(2). RLIMIT_DATA and not RLIMIT_AS: the Go runtime reserves more address
// space than it uses.
func limitResources(memoryMiB, seconds int) {
	limit := func(resource int, n uint64) {
		_ = unix.Setrlimit(resource, &unix.Rlimit{Cur: n, Max: n}) // a limit already lower stays, which is as good
	}
	limit(unix.RLIMIT_DATA, uint64(memoryMiB)<<20)
	limit(unix.RLIMIT_CPU, uint64(seconds))
	limit(unix.RLIMIT_CORE, 0)
	limit(unix.RLIMIT_FSIZE, 0)
	limit(unix.RLIMIT_NOFILE, 32)
}

// denyFiles leaves the child no file but the compiled code of the second PDF engine, to read.
func denyFiles(cache string) error {
	var rules []landlock.Rule
	if cache != "" {
		rules = append(rules, landlock.RODirs(cache).IgnoreIfMissing())
	}
	return landlock.V7.BestEffort().Restrict(rules...)
}

// deniedCalls are the system calls that reading a document never needs.
var deniedCalls = []string{"socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "execve", "execveat",
	"fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "unlink", "unlinkat", "rename", "renameat", "renameat2",
	"mkdir", "mkdirat", "chmod", "fchmodat", "chown", "fchownat", "link", "linkat", "symlink", "symlinkat", "mount", "umount2",
	"truncate", "ftruncate", "kill", "tkill", "setuid", "setgid", "bpf", "perf_event_open", "keyctl", "add_key", "init_module",
	"io_uring_setup", "userfaultfd", "unshare", "setns"}

func denySystemCalls(calls []string) error {
	info, err := arch.GetInfo("")
	if err != nil {
		return fmt.Errorf("finding the machine's system calls: %w", err)
	}
	var names []string
	for _, name := range calls {
		if _, known := info.SyscallNames[name]; known { // arm64 has no fork
			names = append(names, name)
		}
	}
	return seccomp.LoadFilter(seccomp.Filter{NoNewPrivs: true, Flag: seccomp.FilterFlagTSync, Policy: seccomp.Policy{
		DefaultAction: seccomp.ActionAllow,
		Syscalls:      []seccomp.SyscallGroup{{Action: seccomp.ActionErrno, Names: names}},
	}})
}

// fencesInForce tries what the fences forbid and says in words what holds. It ends this process's own freedom, so only
// a child that was started for the purpose may call it.
func fencesInForce() string {
	fence(512, 10, "")
	var holds, lacks []string
	note := func(name string, denied bool) {
		if denied {
			holds = append(holds, name)
			return
		}
		lacks = append(lacks, name)
	}
	f, err := os.Open("/etc/hostname")
	note("no files (landlock)", os.IsPermission(err))
	if err == nil {
		f.Close()
	}
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
	note("no network (seccomp)", err != nil)
	if err == nil {
		unix.Close(fd)
	}
	var data unix.Rlimit
	err = unix.Getrlimit(unix.RLIMIT_DATA, &data)
	note("bounded memory (rlimit)", err == nil && data.Max <= 512<<20)
	if len(lacks) > 0 {
		return "in force: " + strings.Join(holds, ", ") + "; lacking: " + strings.Join(lacks, ", ")
	}
	return "in force: " + strings.Join(holds, ", ")
}
