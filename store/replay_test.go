package store

import (
	"slices"
	"testing"
	"time"
)

func TestDecidedMessagesLeavesOutWhatIsNotDecidedAndWhatIsErased(t *testing.T) {
	db := opened(t, sqliteURL(t))
	first, second := kept(t, db, 1), kept(t, db, 2)
	filed(t, db, 3)
	ids, err := db.DecidedMessages(t.Context(), time.Time{})
	must(t, err)
	if !slices.Equal(ids, []int64{first.ID, second.ID}) {
		t.Errorf("decided: %v", ids)
	}
	if ids, err = db.DecidedMessages(t.Context(), arrivedAt.Add(time.Second)); err != nil || len(ids) != 0 {
		t.Errorf("since later: %v, %v", ids, err)
	}
	_, err = db.Erase(t.Context(), first.Reference, "Ann Teller")
	must(t, err)
	ids, err = db.DecidedMessages(t.Context(), time.Time{})
	must(t, err)
	if !slices.Equal(ids, []int64{second.ID}) {
		t.Errorf("after erasing: %v", ids)
	}
}
