package vault

import (
	"bytes"
	"errors"
	"testing"
)

func made(t *testing.T) (*Vault, []byte) {
	t.Helper()
	key := bytes.Repeat([]byte{7}, KeySize)
	v, err := New(key)
	if err != nil {
		t.Fatal(err)
	}
	return v, key
}

func TestAValueOpensAtItsPlaceAlone(t *testing.T) {
	v, _ := made(t)
	sealed, err := v.Seal([]byte("Ada Finch"), "message/raw/1")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("Ada")) {
		t.Fatal("the value stands in the open")
	}
	if got, err := v.Open(sealed, "message/raw/1"); err != nil || string(got) != "Ada Finch" {
		t.Fatalf("opened %q, %v", got, err)
	}
	if _, err := v.Open(sealed, "message/raw/2"); !errors.Is(err, ErrTampered) {
		t.Errorf("a moved value opened: %v", err)
	}
	for i := range sealed {
		bad := bytes.Clone(sealed)
		bad[i] ^= 1
		if _, err := v.Open(bad, "message/raw/1"); !errors.Is(err, ErrTampered) {
			t.Fatalf("a value changed at byte %d opened: %v", i, err)
		}
	}
}

func TestKeysSayWhatIsWrong(t *testing.T) {
	v, key := made(t)
	kept, err := v.Keysets()
	if err != nil {
		t.Fatal(err)
	}
	other := bytes.Repeat([]byte{8}, KeySize)
	for _, c := range []struct {
		name string
		key  []byte
		want error
	}{{"right", key, nil}, {"none", nil, ErrNoKey}, {"short", key[1:], ErrKeySize}, {"other", other, ErrWrongKey}} {
		if _, err := Open(c.key, kept); !errors.Is(err, c.want) {
			t.Errorf("%s key: %v, want %v", c.name, err, c.want)
		}
	}
	swapped := Keysets{Seal: kept.Index, Index: kept.Seal}
	if _, err := Open(key, swapped); !errors.Is(err, ErrWrongKey) {
		t.Errorf("swapped keysets opened: %v", err)
	}
	again, err := v.Rekeyed(other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(other, again); err != nil {
		t.Errorf("the new operator's key does not open: %v", err)
	}
}

func TestAKeyIsChangedInTwoSteps(t *testing.T) {
	first, _ := made(t)
	if _, err := first.Promote(); err == nil {
		t.Fatal("promoted a key that was not added")
	}
	old, _ := first.Seal([]byte("a"), "p")
	added, err := first.AddKey()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := added.AddKey(); err == nil {
		t.Error("added a second key before the first was promoted")
	}
	between, _ := added.Seal([]byte("b"), "p")
	if _, err := first.Open(between, "p"); err != nil {
		t.Errorf("a daemon with the old keyset cannot read between the steps: %v", err)
	}
	promoted, err := added.Promote()
	if err != nil {
		t.Fatal(err)
	}
	fresh, _ := promoted.Seal([]byte("c"), "p")
	if _, err := added.Open(fresh, "p"); err != nil {
		t.Errorf("a daemon with the added key cannot read what the new key sealed: %v", err)
	}
	if _, err := promoted.Open(old, "p"); err != nil {
		t.Errorf("what the old key sealed does not open: %v", err)
	}
	if promoted.IsCurrent(old) || !promoted.IsCurrent(fresh) {
		t.Error("current and old values are not told apart")
	}
	only, err := promoted.DropOld()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := only.Open(old, "p"); !errors.Is(err, ErrTampered) {
		t.Errorf("a dropped key still opens: %v", err)
	}
	if only.Keys() != 1 || promoted.Keys() != 2 {
		t.Errorf("keys: %d and %d", only.Keys(), promoted.Keys())
	}
}

func TestAnIndexIsTheSameAfterAKeyChangeAndForItsFieldAlone(t *testing.T) {
	v, _ := made(t)
	a, err := v.Index("child", "ada finch|2013-03-14")
	if err != nil || len(a) != 2*indexBytes {
		t.Fatalf("%q, %v", a, err)
	}
	added, _ := v.AddKey()
	promoted, _ := added.Promote()
	if b, _ := promoted.Index("child", "ada finch|2013-03-14"); b != a {
		t.Error("the index changed with the sealing key")
	}
	if b, _ := v.Index("address", "ada finch|2013-03-14"); b == a {
		t.Error("two fields share an index")
	}
	if b, _ := v.Index("child", ""); b != "" {
		t.Error("nothing has an index")
	}
	if w, _ := made(t); mustIndex(t, w) == a {
		t.Error("two vaults make the same index")
	}
}

func mustIndex(t *testing.T, v *Vault) string {
	t.Helper()
	s, err := v.Index("child", "ada finch|2013-03-14")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func BenchmarkSeal(b *testing.B) {
	v, err := New(make([]byte, KeySize))
	if err != nil {
		b.Fatal(err)
	}
	value := bytes.Repeat([]byte("x"), 1<<20)
	b.SetBytes(int64(len(value)))
	for b.Loop() {
		if _, err := v.Seal(value, "p"); err != nil {
			b.Fatal(err)
		}
	}
}
