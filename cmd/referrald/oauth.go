package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// tokenTimeout bounds one request to the token endpoint, so that a silent one cannot stop intake.
const tokenTimeout = 20 * time.Second

// newTokenSource returns a function that gives a valid access token, fetched by the client-credentials flow, kept, and
// renewed before it expires.
func newTokenSource(c OAuthConfig) func(context.Context) (string, error) {
	flow := clientcredentials.Config{ClientID: c.ClientID, ClientSecret: string(c.ClientSecret), TokenURL: c.TokenURL, Scopes: c.Scopes}
	ctx := context.WithValue(context.Background(), oauth2.HTTPClient, &http.Client{Timeout: tokenTimeout})
	source := flow.TokenSource(ctx)
	return func(context.Context) (string, error) {
		token, err := source.Token()
		if err != nil {
			return "", fmt.Errorf("fetching a token: %w", tokenFault(err))
		}
		return token.AccessToken, nil
	}
}

// tokenRemedies turns the codes that Microsoft's token endpoint answers with into what the administrator can do.
var tokenRemedies = []struct{ code, remedy string }{
	{"AADSTS7000222", "the client secret has expired: make a new one in the app registration and set oauth.client_secret"},
	{"AADSTS7000215", "the client secret is wrong: use the secret's value, not its id"},
	{"AADSTS700016", "the application is not known in this tenant: check oauth.client_id and the tenant in oauth.token_url"},
	{"AADSTS90002", "the tenant is not known: check oauth.token_url"},
	{"AADSTS1002012", "the scope is not one for a daemon: it must end in /.default"},
	{"AADSTS70011", "the scope is not known: check oauth.scopes"},
}

// tokenFault replaces the endpoint's long answer, which may quote what was sent, by a remedy or a short code.
func tokenFault(err error) error {
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) {
		return errors.New("the token endpoint cannot be reached: check oauth.token_url and the network")
	}
	for _, r := range tokenRemedies {
		if strings.Contains(refused.ErrorDescription+string(refused.Body), r.code) {
			return errors.New(r.remedy + " (" + r.code + ")")
		}
	}
	return fmt.Errorf("the token endpoint refused (%s): check [oauth]", refused.ErrorCode)
}
