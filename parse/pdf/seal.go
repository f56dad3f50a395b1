package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"fmt"
)

var errLocked = errors.New("the file needs a password")

// A seal opens what the standard security handler has encrypted, of a file that opens with the empty password: one that
// its writer only meant to keep from being changed (ISO 32000-2, 7.6). No other password is tried.
type seal struct {
	key              []byte
	texts, streams   lock
	metadata         bool // is encrypted like the rest
	revision, length int
}

// A lock is a method of encryption.
type lock uint8

const (
	unlocked lock = iota
	lockRC4
	lockAES    // AES with a key of 128 bits, mixed with the object's number
	lockAES256 // AES with the file's own key of 256 bits
)

// newSeal reads the encryption dictionary. Its error is errLocked where the file needs a password or a certificate.
func newSeal(d *node, id []byte) (*seal, error) {
	if !d.key("Filter").is("Standard") {
		return nil, errLocked
	}
	s := &seal{revision: d.key("R").number, length: 5, metadata: true}
	if m := d.key("EncryptMetadata"); m.kind == keyword && string(m.bytes) == "false" {
		s.metadata = false
	}
	if bits := d.key("Length").number; bits >= 40 && bits <= 128 {
		s.length = bits / 8
	}
	switch version := d.key("V").number; version {
	case 1:
		s.length, s.texts, s.streams = 5, lockRC4, lockRC4
	case 2:
		s.texts, s.streams = lockRC4, lockRC4
	case 4, 5:
		s.length = 16
		s.texts, s.streams = crypt(d, "StrF"), crypt(d, "StmF")
	default:
		return nil, fmt.Errorf("opening the encryption: version %d is not known", version)
	}
	if s.revision >= 5 {
		return s, s.openLong(d)
	}
	return s, s.open(d, id)
}

// crypt returns the method of a crypt filter that the dictionary names.
func crypt(d *node, use string) lock {
	chosen, filters := d.key(use), d.key("CF")
	if chosen.kind != name {
		return unlocked
	}
	f := filters.key(string(chosen.bytes))
	switch method := f.key("CFM"); {
	case method.is("V2"):
		return lockRC4
	case method.is("AESV2"):
		return lockAES
	case method.is("AESV3"):
		return lockAES256
	}
	return unlocked // Identity, None
}

// padding stands in for a password that is shorter than 32 bytes (ISO 32000-2, algorithm 2).
const padding = "\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08" +
	"\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a"

// open makes the key of revisions 2 to 4 and proves it (ISO 32000-2, algorithms 2, 4 and 5).
func (s *seal) open(d *node, id []byte) error {
	owner, user, rights := d.key("O"), d.key("U"), d.key("P")
	if len(owner.bytes) < 32 || len(user.bytes) < 16 {
		return errors.New("opening the encryption: its proof is missing")
	}
	text := append([]byte(padding), owner.bytes[:32]...)
	text = binary.LittleEndian.AppendUint32(text, uint32(int64(rights.value)))
	text = append(text, id...)
	if s.revision >= 4 && !s.metadata {
		text = append(text, "\xff\xff\xff\xff"...)
	}
	sum := md5.Sum(text)
	for i := 0; s.revision >= 3 && i < 50; i++ {
		sum = md5.Sum(sum[:s.length])
	}
	s.key = append([]byte(nil), sum[:s.length]...)
	if !bytes.HasPrefix(user.bytes, s.proof(id)) {
		return errLocked
	}
	return nil
}

// proof returns what U begins with if the key is right.
func (s *seal) proof(id []byte) []byte {
	if s.revision < 3 {
		return rc4With(s.key, []byte(padding))
	}
	sum := md5.Sum(append([]byte(padding), id...))
	out := sum[:]
	for i := range byte(20) {
		turned := bytes.Clone(s.key)
		for j := range turned {
			turned[j] ^= i
		}
		out = rc4With(turned, out)
	}
	return out
}

// openLong makes the key of revisions 5 and 6 and proves it (ISO 32000-2, algorithm 2.A).
func (s *seal) openLong(d *node) error {
	user, sealed := d.key("U").bytes, d.key("UE").bytes
	if len(user) < 48 || len(sealed) < 32 {
		return errors.New("opening the encryption: its proof is missing")
	}
	if !bytes.Equal(s.hash(user[32:40]), user[:32]) {
		return errLocked
	}
	block, err := aes.NewCipher(s.hash(user[40:48]))
	if err != nil {
		return fmt.Errorf("opening the encryption: %w", err)
	}
	s.key = make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(s.key, sealed[:32])
	return nil
}

// hash hashes the empty password with a salt: once in revision 5, over and over in revision 6 (algorithm 2.B).
func (s *seal) hash(salt []byte) []byte {
	first := sha256.Sum256(salt)
	k := first[:]
	for round := 0; s.revision >= 6; round++ {
		text := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil { // only for a key of another length
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(text, text)
		k = hashChosen(text)
		if round >= 63 && int(text[len(text)-1]) <= round-31 {
			break
		}
	}
	return k[:32]
}

// hashChosen hashes with the function that the first sixteen bytes choose, as a number modulo 3.
func hashChosen(text []byte) []byte {
	sum := 0
	for _, c := range text[:16] { // 256 leaves 1, so the digits' sum does
		sum += int(c)
	}
	switch sum % 3 {
	case 0:
		h := sha256.Sum256(text)
		return h[:]
	case 1:
		h := sha512.Sum384(text)
		return h[:]
	}
	h := sha512.Sum512(text)
	return h[:]
}

func rc4With(key, data []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil { // only for a key of an impossible length
		return nil
	}
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out
}

// opened returns bytes of an object without their encryption.
func (s *seal) opened(data []byte, by lock, n, revision int) []byte {
	switch by {
	case lockRC4:
		return rc4With(s.objectKey(n, revision, ""), data)
	case lockAES:
		return chained(s.objectKey(n, revision, "sAlT"), data)
	case lockAES256:
		return chained(s.key, data)
	}
	return data
}

// objectKey mixes the file's key with an object's number (ISO 32000-2, algorithm 1).
func (s *seal) objectKey(n, revision int, salt string) []byte {
	text := append([]byte(nil), s.key...)
	text = append(text, byte(n), byte(n>>8), byte(n>>16), byte(revision), byte(revision>>8))
	sum := md5.Sum(append(text, salt...))
	return sum[:min(len(s.key)+5, 16)]
}

// chained undoes AES in chained blocks: the first block is the start value, the last byte says how much is padding.
func chained(key, data []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil || len(data) < 2*aes.BlockSize {
		return nil
	}
	body := bytes.Clone(data[aes.BlockSize : len(data)-len(data)%aes.BlockSize])
	cipher.NewCBCDecrypter(block, data[:aes.BlockSize]).CryptBlocks(body, body)
	if n := int(body[len(body)-1]); n >= 1 && n <= aes.BlockSize {
		return body[:len(body)-n]
	}
	return body
}

// openTexts opens every text inside a value.
func (s *seal) openTexts(n *node, number, revision int) {
	if n.kind == text {
		n.bytes = s.opened(n.bytes, s.texts, number, revision)
	}
	for i := range n.items {
		s.openTexts(&n.items[i], number, revision)
	}
}
