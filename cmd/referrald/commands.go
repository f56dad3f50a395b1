package main

// commands is the whole command line, in the order in which help shows it.
type commands struct {
	Run     runCommand     `cmd:"" help:"Watch the mailbox and do the work, until stopped."`
	Demo    demoCommand    `cmd:"" help:"Work a dozen invented referrals through the whole daemon, in this process alone."`
	Explain explainCommand `cmd:"" help:"Show what would be done with messages in files, and why. Sends and keeps nothing."`
	Check   checkCommand   `cmd:"" help:"Try the configuration, mailbox, SMTP server, store and reader, and say what to do."`
	Digest  digestCommand  `cmd:"" help:"Send the staff's digest now, or show it."`
	Version versionCommand `cmd:"" help:"Print the version."`
}
