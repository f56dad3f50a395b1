package main

// commands is the whole command line, in the order in which help shows it.
type commands struct {
	Explain explainCommand `cmd:"" help:"Show what would be done with messages in files, and why. Sends and keeps nothing."`
	Version versionCommand `cmd:"" help:"Print the version."`
}
