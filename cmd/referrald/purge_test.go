package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"referrald/ingest"
	"referrald/store"
	"referrald/triage"
)

// What the policy lets be forgotten goes from the mailbox, too, wherever it lies there: the message where staff moved a copy
// of it, and the letter among what was sent. That the mailbox is away at that time forgets nothing.
func TestForgettingReachesTheWholeMailbox(t *testing.T) {
	b := newBureau(t, "01")
	r := b.only(triage.Accept)
	letter := b.file(r).Letters[0]
	for _, step := range []error{b.daemon.db.Sending(t.Context(), letter.ID), b.daemon.db.Sent(t.Context(), letter.ID, time.Now())} {
		if step != nil {
			t.Fatal(step)
		}
	}
	m, err := b.daemon.db.Message(t.Context(), b.file(r).Messages[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := b.daemon.db.Letter(t.Context(), letter.ID)
	if err != nil {
		t.Fatal(err)
	}
	b.inbox(func(box *ingest.Mailbox) error {
		for folder, raw := range map[string][]byte{"Kim": m.Raw, "Sent Items": whole.Raw} {
			if _, err := box.Append(t.Context(), folder, raw); err != nil {
				return err
			}
		}
		return nil
	})
	b.run("case", "close", r, "--by", anyone, "--note", "done")
	b.age(r)
	if err := os.WriteFile(filepath.Join(b.dir, "policy.toml"), []byte("retention_days = 30\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if b.daemon.examiner.Policy, err = loadPolicy(filepath.Join(b.dir, "policy.toml")); err != nil {
		t.Fatal(err)
	}
	there := b.daemon.box
	away := b.daemon.account
	away.Port = 1
	b.daemon.box = &settler{account: away}
	if err := b.daemon.retain(t.Context()); err == nil || !b.file(r).Erased {
		t.Fatalf("without the mailbox: %v, erased %t", err, b.file(r).Erased)
	}
	asked := 0
	if _, err := purge(t.Context(), b.daemon.db, b.daemon.box, func(*store.Trace, error) { asked++ }); err == nil || asked > 0 {
		t.Errorf("a mailbox that is away was asked for %d of them, %v", asked, err)
	}
	b.daemon.box = there
	for range 2 {
		if err := b.daemon.retain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for folder, want := range map[string]int{"INBOX": len(b.boxes.Names) - 1, "Kim": 0, "Sent Items": 0} {
		b.inbox(func(box *ingest.Mailbox) error {
			if _, err := box.Select(t.Context(), folder); err != nil {
				return err
			}
			uids, err := box.UIDs(t.Context())
			if len(uids) != want {
				t.Errorf("%s holds %d messages, want %d", folder, len(uids), want)
			}
			return err
		})
	}
	if left, err := b.daemon.db.Traces(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("still to be deleted: %d, %v", len(left), err)
	}
	if _, err := b.daemon.db.Letter(t.Context(), letter.ID); err != nil {
		t.Error(err)
	}
	if b.file(r).Letters[0].State != store.LetterErased {
		t.Error("the letter is not erased")
	}
}
