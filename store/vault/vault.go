package vault

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// KeySize is the length of the operator's key, in bytes.
const KeySize = 32

// What can be wrong with keys and sealed values. Each says what to do next.
var (
	ErrKeySize  = fmt.Errorf("the key must have %d bytes; make one with \"referrald key\" or \"openssl rand -base64 32\"", KeySize)
	ErrNoKey    = errors.New("no key was given; without the key with which it was made a database cannot be read: restore the key from where you keep its copy")
	ErrWrongKey = errors.New("the key is not the one with which this database was made; give the right one, nothing was changed")
	ErrTampered = errors.New("a sealed value does not open at its place: the row was changed, moved or damaged outside the daemon, or its keyset is older than a promoted key; compare with a backup")
)

// Contexts that bind the two keysets to what they are for.
const (
	sealContext  = "referrald|keyset|seal"
	indexContext = "referrald|keyset|index"
)

// Keysets are the two keysets, sealed by the operator's key, as they are kept.
type Keysets struct {
	Seal  []byte
	Index []byte
}

// A Vault seals, opens and indexes.
type Vault struct {
	master tink.AEAD
	seal   *keyset.Handle
	index  *keyset.Handle
	aead   tink.AEAD
	prf    *prf.Set
}

// New makes a vault with keysets of its own, sealed by the operator's key.
func New(key []byte) (*Vault, error) {
	master, err := masterOf(key)
	if err != nil {
		return nil, err
	}
	seal, err := keyset.NewHandle(aead.XChaCha20Poly1305KeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("making the sealing key: %w", err)
	}
	index, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("making the index key: %w", err)
	}
	return assemble(master, seal, index)
}

// Open opens the vault whose keysets were kept. A wrong key is ErrWrongKey.
func Open(key []byte, k Keysets) (*Vault, error) {
	master, err := masterOf(key)
	if err != nil {
		return nil, err
	}
	seal, err := readKeyset(master, k.Seal, sealContext)
	if err != nil {
		return nil, err
	}
	index, err := readKeyset(master, k.Index, indexContext)
	if err != nil {
		return nil, err
	}
	return assemble(master, seal, index)
}

func masterOf(key []byte) (tink.AEAD, error) {
	switch len(key) {
	case 0:
		return nil, ErrNoKey
	case KeySize:
		return subtle.NewXChaCha20Poly1305(key)
	}
	return nil, ErrKeySize
}

func readKeyset(master tink.AEAD, sealed []byte, context string) (*keyset.Handle, error) {
	h, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(sealed)), master, []byte(context))
	if err != nil {
		return nil, ErrWrongKey // the cause tells nothing more, and no plain keyset may stand in a log
	}
	return h, nil
}

func assemble(master tink.AEAD, seal, index *keyset.Handle) (*Vault, error) {
	a, err := aead.New(seal)
	if err != nil {
		return nil, fmt.Errorf("reading the sealing keys: %w", err)
	}
	p, err := prf.NewPRFSet(index)
	if err != nil {
		return nil, fmt.Errorf("reading the index key: %w", err)
	}
	return &Vault{master: master, seal: seal, index: index, aead: a, prf: p}, nil
}

// Keysets returns the keysets as they are to be kept.
func (v *Vault) Keysets() (Keysets, error) { return v.sealedBy(v.master) }

// Rekeyed returns the keysets sealed by another operator's key. Nothing else has to be sealed anew for it.
func (v *Vault) Rekeyed(key []byte) (Keysets, error) {
	master, err := masterOf(key)
	if err != nil {
		return Keysets{}, err
	}
	return v.sealedBy(master)
}

func (v *Vault) sealedBy(master tink.AEAD) (Keysets, error) {
	var k Keysets
	for _, s := range []struct {
		h       *keyset.Handle
		context string
		out     *[]byte
	}{{v.seal, sealContext, &k.Seal}, {v.index, indexContext, &k.Index}} {
		var b bytes.Buffer
		if err := s.h.WriteWithAssociatedData(keyset.NewBinaryWriter(&b), master, []byte(s.context)); err != nil {
			return Keysets{}, fmt.Errorf("sealing a keyset: %w", err)
		}
		*s.out = b.Bytes()
	}
	return k, nil
}

// Seal seals a value for its place.
func (v *Vault) Seal(value []byte, place string) ([]byte, error) {
	sealed, err := v.aead.Encrypt(value, []byte(place))
	if err != nil {
		return nil, fmt.Errorf("sealing a value: %w", err)
	}
	return sealed, nil
}

// Open opens a value that was sealed for the place, or says ErrTampered.
func (v *Vault) Open(sealed []byte, place string) ([]byte, error) {
	value, err := v.aead.Decrypt(sealed, []byte(place))
	if err != nil {
		return nil, ErrTampered
	}
	return value, nil
}

// indexBytes is the length of a blind index: enough that two values never share one.
const indexBytes = 16

// Index returns the blind index of a value of one field, in hex; "" for an empty value.
func (v *Vault) Index(field, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	out, err := v.prf.ComputePrimaryPRF([]byte("v1|"+field+"|"+value), indexBytes)
	if err != nil {
		return "", fmt.Errorf("indexing a value: %w", err)
	}
	return hex.EncodeToString(out), nil
}

// AddKey returns a vault that knows one more sealing key and does not use it yet.
func (v *Vault) AddKey() (*Vault, error) {
	if v.newest() != v.seal.KeysetInfo().GetPrimaryKeyId() {
		return nil, errors.New("the key that was added last was not promoted yet; promote it first")
	}
	m := keyset.NewManagerFromHandle(v.seal)
	if _, err := m.Add(aead.XChaCha20Poly1305KeyTemplate()); err != nil {
		return nil, fmt.Errorf("adding a sealing key: %w", err)
	}
	return v.with(m)
}

// Promote returns a vault that seals with the key that was added last. Every daemon must have it by then.
func (v *Vault) Promote() (*Vault, error) {
	newest := v.newest()
	if newest == v.seal.KeysetInfo().GetPrimaryKeyId() {
		return nil, errors.New("there is no added key to promote; add one first")
	}
	m := keyset.NewManagerFromHandle(v.seal)
	if err := m.SetPrimary(newest); err != nil {
		return nil, fmt.Errorf("promoting the sealing key: %w", err)
	}
	return v.with(m)
}

// DropOld returns a vault that knows the primary key alone, for when everything was sealed anew.
func (v *Vault) DropOld() (*Vault, error) {
	m := keyset.NewManagerFromHandle(v.seal)
	info := v.seal.KeysetInfo()
	for _, k := range info.GetKeyInfo() {
		if k.GetKeyId() == info.GetPrimaryKeyId() {
			continue
		}
		if err := m.Delete(k.GetKeyId()); err != nil {
			return nil, fmt.Errorf("dropping an old sealing key: %w", err)
		}
	}
	return v.with(m)
}

func (v *Vault) with(m *keyset.Manager) (*Vault, error) {
	h, err := m.Handle()
	if err != nil {
		return nil, fmt.Errorf("changing the sealing keys: %w", err)
	}
	return assemble(v.master, h, v.index)
}

// newest returns the id of the key that was added last.
func (v *Vault) newest() uint32 {
	keys := v.seal.KeysetInfo().GetKeyInfo()
	return keys[len(keys)-1].GetKeyId()
}

// IsCurrent tells whether a value is sealed with the primary key, by the key's number at its beginning.
func (v *Vault) IsCurrent(sealed []byte) bool { return bytes.HasPrefix(sealed, v.Prefix()) }

// Prefix returns the five bytes with which values sealed with the primary key begin (tink's output prefix).
func (v *Vault) Prefix() []byte {
	id := v.seal.KeysetInfo().GetPrimaryKeyId()
	return []byte{1, byte(id >> 24), byte(id >> 16), byte(id >> 8), byte(id)}
}

// Keys returns how many sealing keys there are.
func (v *Vault) Keys() int {
	n := 0
	for _, k := range v.seal.KeysetInfo().GetKeyInfo() {
		if k.GetStatus() == tinkpb.KeyStatusType_ENABLED {
			n++
		}
	}
	return n
}
