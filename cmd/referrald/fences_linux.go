package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"github.com/landlock-lsm/go-landlock/landlock"
	llsys "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// fence shuts the reading child in: bounded memory, processor time and output, no core dump, and, where the kernel has
// them, no files (landlock) and no network, no new program, no look at other processes (seccomp). Each is best effort
// on its own; `referrald check` says which are in force. An older kernel must not stop referrals from being read.
func fence(memoryMiB, seconds int, cache string) {
	limitResources(memoryMiB, seconds)
	debug.SetMaxStack(256 << 20)
	_ = denyFiles(cache)
	_ = denySystemCalls(seccomp.SyscallGroup{Names: knownCalls(deniedCalls)})
}

// fenceScan shuts in the child that has scans recognised. It may start one program, the OCR engine, which may read the
// system's own folders and nothing else.
func fenceScan(memoryMiB, seconds int) {
	limitResources(memoryMiB, seconds)
	_ = landlock.V7.BestEffort().Restrict(
		landlock.RODirs(systemFolders...).IgnoreIfMissing(),
		landlock.RWFiles("/dev/null").IgnoreIfMissing())
	_ = denySystemCalls(seccomp.SyscallGroup{Names: knownCalls(deniedCalls, startingCalls)})
}

// systemFolders are where programs and what they need stand.
var systemFolders = []string{"/usr", "/lib", "/lib64", "/bin", "/etc", "/opt", "/proc/self"}

// fenceOffice shuts in the child that has a file converted: it may start LibreOffice, which may read the system's own
// folders and write in one folder alone. LibreOffice is large and the file is a stranger's, so that here a fence that
// cannot be put up is an error: without it nothing is converted.
func fenceOffice(memoryMiB, seconds int, office, folder string) error {
	limitProcess(memoryMiB, seconds, largestConversion, officeFiles)
	read := slices.Concat(systemFolders, officeFolders, []string{filepath.Dir(office)})
	rules := []landlock.Rule{landlock.RODirs(read...).IgnoreIfMissing(),
		landlock.RWFiles("/dev/null", "/dev/urandom").IgnoreIfMissing(), landlock.RWDirs(folder),
		landlock.PathAccess(llsys.AccessFSMakeSock, "/tmp")} // where LibreOffice insists on its socket
	if err := landlock.V1.Restrict(rules...); err != nil { // the least that must hold
		return fmt.Errorf("denying files: %w", err)
	}
	if err := landlock.V7.BestEffort().Restrict(rules...); err != nil {
		return fmt.Errorf("denying files: %w", err)
	}
	return denySystemCalls(
		seccomp.SyscallGroup{Names: knownCalls(deniedCalls, startingCalls, writingCalls, localCalls)},
		seccomp.SyscallGroup{NamesWithCondtions: []seccomp.NameWithConditions{{Name: "socket", Conditions: seccomp.ArgumentConditions{
			{Argument: 0, Operation: seccomp.NotEqual, Value: unix.AF_UNIX}}}}})
}

// officeFolders are what LibreOffice reads beside.
var officeFolders = []string{"/proc", "/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice"}

// officeFiles is how many files LibreOffice may hold open.
const officeFiles = 512

// startingCalls are what starting and stopping another program needs.
var startingCalls = []string{"execve", "execveat", "fork", "vfork", "kill", "tkill", "socketpair"}

// writingCalls are what LibreOffice needs to keep its files.
var writingCalls = []string{"unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "chmod", "fchmodat", "truncate", "ftruncate", "link", "symlink"}

// localCalls are what LibreOffice needs to listen to further starts of itself, which never come. Connecting, to whatever
// else listens on the machine, stays denied.
var localCalls = []string{"socket", "bind", "listen", "accept", "accept4"}

// limitResources sets the limits of setrlimit(2). RLIMIT_DATA and not RLIMIT_AS: the Go runtime reserves more address
// space than it uses.
func limitResources(memoryMiB, seconds int) { limitProcess(memoryMiB, seconds, 0, 32) }

func limitProcess(memoryMiB, seconds int, fileSize, files uint64) {
	limit := func(resource int, n uint64) {
		_ = unix.Setrlimit(resource, &unix.Rlimit{Cur: n, Max: n}) // a limit already lower stays, which is as good
	}
	limit(unix.RLIMIT_DATA, uint64(memoryMiB)<<20)
	limit(unix.RLIMIT_CPU, uint64(seconds))
	limit(unix.RLIMIT_CORE, 0)
	limit(unix.RLIMIT_FSIZE, fileSize)
	limit(unix.RLIMIT_NOFILE, files)
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

// knownCalls returns the calls that this kind of machine has (arm64 has no fork), without those that are needed.
func knownCalls(calls []string, needed ...[]string) (names []string) {
	info, err := arch.GetInfo("")
	if err != nil {
		return nil
	}
	for _, name := range calls {
		_, known := info.SyscallNames[name]
		if known && !slices.Contains(slices.Concat(needed...), name) {
			names = append(names, name)
		}
	}
	return names
}

// denySystemCalls denies groups of system calls from here on, in this process and whatever it starts.
func denySystemCalls(denied ...seccomp.SyscallGroup) error {
	for i := range denied {
		denied[i].Action = seccomp.ActionErrno
	}
	return seccomp.LoadFilter(seccomp.Filter{NoNewPrivs: true, Flag: seccomp.FilterFlagTSync, Policy: seccomp.Policy{
		DefaultAction: seccomp.ActionAllow, Syscalls: denied}})
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
