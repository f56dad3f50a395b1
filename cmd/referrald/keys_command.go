package main

import (
	"bytes"
	"context"
	"os"
)

// keysCommands change the keys that names, documents and letters are sealed with.
type keysCommands struct {
	Add     keysAddCommand     `cmd:"" help:"Step 1: make a new sealing key. Then restart every daemon, so that each knows it."`
	Promote keysPromoteCommand `cmd:"" help:"Step 2: seal with the new key from now on."`
	Reseal  keysResealCommand  `cmd:"" help:"Step 3: seal anew what older keys sealed, and drop those."`
	Rekey   keysRekeyCommand   `cmd:"" help:"Change the key in the key file, by which the sealing keys themselves are kept."`
}

type keysAddCommand struct {
	withConfig
	byPerson
}

// Run makes a key that is not used yet.
func (c *keysAddCommand) Run(ctx context.Context, t terminal) error {
	return changeKeys(ctx, c.Config, c.By, t, func(d *desk) error {
		if err := d.db.AddKey(ctx, c.By); err != nil {
			return err
		}
		d.line("A new sealing key is there and not used yet. Restart every daemon, then: referrald keys promote")
		return nil
	})
}

type keysPromoteCommand struct {
	withConfig
	byPerson
}

// Run lets the newest key seal.
func (c *keysPromoteCommand) Run(ctx context.Context, t terminal) error {
	return changeKeys(ctx, c.Config, c.By, t, func(d *desk) error {
		if err := d.db.PromoteKey(ctx, c.By); err != nil {
			return err
		}
		d.line("The new key seals what is kept from now on. Restart every daemon, then: referrald keys reseal")
		return nil
	})
}

type keysResealCommand struct {
	withConfig
	byPerson
}

// Run seals anew. It may be broken off and given again, and works beside a running daemon.
func (c *keysResealCommand) Run(ctx context.Context, t terminal) error {
	return changeKeys(ctx, c.Config, c.By, t, func(d *desk) error {
		n, err := d.db.Reseal(ctx, c.By)
		if err != nil {
			return err
		}
		d.line("%d value(s) were sealed anew; older keys are gone. Backups from before still need the key file of their time.", n)
		return nil
	})
}

type keysRekeyCommand struct {
	withConfig
	byPerson
	NewKeyFile string `help:"A file with the new key: 32 bytes in base64. Make one with: head -c 32 /dev/urandom | base64 > FILE" required:"" type:"path" placeholder:"FILE"`
}

// Help is the long help.
func (keysRekeyCommand) Help() string {
	return "Stop every daemon first. Afterwards put the new key where store.key_file (or REFERRALD_STORE_KEY) names it, and start them again. " +
		"Keep the old key with the backups that were made under it."
}

// Run seals the sealing keys with the new key.
func (c *keysRekeyCommand) Run(ctx context.Context, t terminal) error {
	text, err := os.ReadFile(c.NewKeyFile)
	if err != nil {
		return usageError(c.NewKeyFile + " cannot be read: make a key with `head -c 32 /dev/urandom | base64 > FILE`, mode 0600")
	}
	key, err := decodeKey("--new-key-file", string(text))
	if err != nil {
		return err
	}
	return changeKeys(ctx, c.Config, c.By, t, func(d *desk) error {
		if old, err := storeKey(d.config); err == nil && bytes.Equal(old, key) {
			return usageError("the new key is the one in use: make another")
		}
		release, err := d.db.Lock(ctx)
		if err != nil {
			return err
		}
		defer release()
		if err := d.db.Rekey(ctx, key, c.By); err != nil {
			return err
		}
		d.line("From now on only the key in %s opens the store.", c.NewKeyFile)
		d.line("Put it where store.key_file names the key, keep a copy elsewhere, and start the daemons again.")
		return nil
	})
}

func changeKeys(ctx context.Context, config, by string, t terminal, change func(*desk) error) error {
	if err := named(by); err != nil {
		return err
	}
	return atDesk(ctx, config, t, change)
}
