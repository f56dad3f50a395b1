package main

// commands is the whole command line, in the order in which help shows it.
type commands struct {
	Run     runCommand     `cmd:"" help:"Watch the mailbox and do the work, until stopped."`
	Demo    demoCommand    `cmd:"" help:"Work a dozen invented referrals through the whole daemon, in this process alone."`
	Explain explainCommand `cmd:"" help:"Show what would be done with messages in files, and why. Sends and keeps nothing."`
	Check   checkCommand   `cmd:"" help:"Try the configuration, mailbox, SMTP server, store and reader, and say what to do."`
	Digest  digestCommand  `cmd:"" help:"Send the staff's digest now, or show it."`

	Case      caseCommands     `cmd:"" help:"Work on cases: list, show, decide, track, export, erase."`
	Outgoing  outgoingCommands `cmd:"" help:"Stop every letter from leaving, and start again."`
	Failures  failuresCommands `cmd:"" help:"See what was given up, and take it up again."`
	Audit     auditCommands    `cmd:"" help:"Verify or print the audit trail."`
	Replay    replayCommand    `cmd:"" help:"Try the present policy on every kept message: which decisions would be others? Changes nothing."`
	Retention retentionCommand `cmd:"" help:"Show, or apply, what the policy lets be forgotten."`
	Backup    backupCommand    `cmd:"" help:"Write everything that is kept into a file."`
	Restore   restoreCommand   `cmd:"" help:"Fill a new database from a backup."`
	Keys      keysCommands     `cmd:"" help:"Change the keys that cases are sealed with."`
	Migrate   migrateCommand   `cmd:"" help:"Make or update the tables."`

	Version versionCommand `cmd:"" help:"Print the version."`
}
