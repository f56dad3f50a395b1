package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

// A Server is where mails leave through.
type Server struct {
	Host         string
	Port         int
	TLS          string                                // "tls", "starttls", or "none" on loopback only
	CAFile       string                                // PEM file of an own authority, or ""
	User         string                                // "": the server asks for no login
	Password     string                                // unless Token is set
	Token        func(context.Context) (string, error) // an OAuth 2 access token: XOAUTH2 is used when this is set; its errors say what to do
	EnvelopeFrom string                                // where bounces go
	Timeout      time.Duration                         // for every answer of the server; 0 means a minute
}

// faults returns what is wrong with the settings, each with its key and a remedy.
func (s *Server) faults() (all []error) {
	if s.Host == "" || strings.ContainsAny(s.Host, " \r\n/") {
		all = append(all, errors.New("smtp.host: must be the name of the server that letters leave through"))
	}
	if s.Port < 1 || s.Port > 65535 {
		all = append(all, errors.New(`smtp.port: must be 1 to 65535; 587 goes with "starttls", 465 with "tls"`))
	}
	switch s.TLS {
	case "tls", "starttls":
	case "none":
		if !loopback(s.Host) {
			all = append(all, errors.New(`smtp.tls: "none" is for a server on this very machine: letters and passwords would travel unprotected; use "tls" or "starttls"`))
		}
	default:
		all = append(all, errors.New(`smtp.tls: must be "tls", "starttls" or "none"`))
	}
	if _, err := bareAddress(s.EnvelopeFrom); err != nil {
		all = append(all, fmt.Errorf("smtp.envelope_from: %w", err))
	}
	if s.User != "" && s.Token == nil && s.Password == "" {
		all = append(all, errors.New(`smtp.password: is empty; set it, or smtp.auth = "oauth", or leave smtp.user empty`))
	}
	if s.User == "" && s.Token != nil {
		all = append(all, errors.New("smtp.user: OAuth needs the mailbox's name"))
	}
	return all
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (s *Server) timeout() time.Duration {
	if s.Timeout <= 0 {
		return time.Minute
	}
	return s.Timeout
}

func (s *Server) tlsConfig() (*tls.Config, error) {
	config := &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12}
	if s.CAFile == "" {
		return config, nil
	}
	pem, err := os.ReadFile(s.CAFile)
	if err != nil {
		return nil, fmt.Errorf("smtp.ca_file: %w", err)
	}
	config.RootCAs = x509.NewCertPool()
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, errors.New("smtp.ca_file: holds no certificate in PEM form")
	}
	return config, nil
}
