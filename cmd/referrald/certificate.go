package main

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"time"
)

// A certificate proves to the token endpoint which application asks: a JSON Web Token that its key signs (RFC 7523), with
// the certificate's SHA-256 thumbprint in its head, as Microsoft wants it.
type certificate struct {
	leaf *x509.Certificate
	key  *rsa.PrivateKey
	alg  string // "PS256" or "RS256"
}

// leastKeyBits is the shortest key that is taken.
const leastKeyBits = 2048

// loadCertificate reads the pair and checks that the two belong together. Its errors are Faults.
func loadCertificate(c OAuthConfig) (*certificate, error) {
	text, err := os.ReadFile(c.CertificateFile)
	if err != nil {
		return nil, Faults{{"oauth.certificate_file", "cannot be read", "Name a PEM file with the application's certificate that the daemon's user may read."}}
	}
	leaf, err := firstCertificate(text)
	if err != nil {
		return nil, Faults{{"oauth.certificate_file", err.Error(), "Write the certificate in PEM form, as it was uploaded to the app registration."}}
	}
	key, err := privateKey([]byte(c.PrivateKey))
	if err != nil {
		return nil, Faults{{"oauth.private_key", err.Error(), "Give the certificate's RSA key in PEM form without a password, by REFERRALD_OAUTH_PRIVATE_KEY_FILE."}}
	}
	if public, ok := leaf.PublicKey.(*rsa.PublicKey); !ok || !public.Equal(&key.PublicKey) {
		return nil, Faults{{"oauth.private_key", "is not the key of oauth.certificate_file", "Give the two that were made together."}}
	}
	return &certificate{leaf, key, c.Assertion}, nil
}

// firstCertificate returns the first of a PEM file: the application's own stands before those that signed it.
func firstCertificate(text []byte) (*x509.Certificate, error) {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		leaf, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, errors.New("holds a certificate that cannot be read")
		}
		return leaf, nil
	}
	return nil, errors.New("holds no certificate")
}

// privateKey reads an RSA key, in either form in which programs write one.
func privateKey(text []byte) (*rsa.PrivateKey, error) {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		var key any
		var err error
		switch block.Type {
		case "PRIVATE KEY":
			key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
		case "RSA PRIVATE KEY":
			key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
		case "ENCRYPTED PRIVATE KEY":
			return nil, errors.New("has a password")
		default:
			continue
		}
		known, ok := key.(*rsa.PrivateKey)
		switch {
		case err != nil && len(block.Headers) > 0:
			return nil, errors.New("has a password")
		case err != nil:
			return nil, errors.New("cannot be read")
		case !ok:
			return nil, errors.New("is no RSA key")
		case known.N.BitLen() < leastKeyBits:
			return nil, fmt.Errorf("is shorter than %d bits", leastKeyBits)
		}
		return known, nil
	}
	return nil, errors.New("holds no key")
}

// assertionFor is how long an assertion holds, and assertionSkew by how much the endpoint's clock may be behind.
const assertionFor, assertionSkew = 10 * time.Minute, time.Minute

// assertion signs that this application asks at this endpoint, now.
func (c *certificate) assertion(clientID, tokenURL string, now time.Time) (string, error) {
	thumbprint := sha256.Sum256(c.leaf.Raw)
	head := map[string]string{"alg": c.alg, "typ": "JWT", "x5t#S256": base64.RawURLEncoding.EncodeToString(thumbprint[:])}
	claims := map[string]any{"aud": tokenURL, "iss": clientID, "sub": clientID, "jti": rand.Text(),
		"iat": now.Unix(), "nbf": now.Add(-assertionSkew).Unix(), "exp": now.Add(assertionFor).Unix()}
	first, err := json.Marshal(head)
	if err != nil {
		return "", fmt.Errorf("writing an assertion: %w", err)
	}
	second, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("writing an assertion: %w", err)
	}
	signed := base64.RawURLEncoding.EncodeToString(first) + "." + base64.RawURLEncoding.EncodeToString(second)
	signature, err := c.sign([]byte(signed))
	if err != nil {
		return "", fmt.Errorf("signing an assertion: %w", err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

// sign signs as RFC 7518, sections 3.3 and 3.5, has it.
func (c *certificate) sign(text []byte) ([]byte, error) {
	sum := sha256.Sum256(text)
	if c.alg == "RS256" {
		return rsa.SignPKCS1v15(rand.Reader, c.key, crypto.SHA256, sum[:])
	}
	return rsa.SignPSS(rand.Reader, c.key, crypto.SHA256, sum[:], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
}
