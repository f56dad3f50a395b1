package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/oauth2"
)

// A credentialError is a fault on our side of the token endpoint.
type credentialError struct {
	says  string
	cause error
}

// Error says what is wrong and what to do.
func (e *credentialError) Error() string { return fmt.Sprintf("%s: %v", e.says, e.cause) }

// Unwrap returns the cause.
func (e *credentialError) Unwrap() error { return e.cause }

// A tokenRemedy turns a code of a token endpoint into what the administrator can do.
type tokenRemedy struct{ code, remedy string }

// microsoftRemedies are the codes of Microsoft's endpoint, which stand in its description.
func microsoftRemedies() []tokenRemedy {
	return []tokenRemedy{
		{"AADSTS7000222", "the client secret has expired: make a new one in the app registration and set oauth.client_secret"},
		{"AADSTS7000215", "the client secret is wrong: use the secret's value, not its id"},
		{"AADSTS7000218", "the endpoint wants a secret or a certificate: set oauth.client_secret or oauth.certificate_file"},
		{"AADSTS7000229", "the application has no service principal in this tenant: grant it an administrator's consent"},
		{"AADSTS7000112", "the application is disabled: let its users sign in again under Enterprise applications"},
		{"AADSTS700016", "the application is not known in this tenant: check oauth.client_id and the tenant in oauth.token_url"},
		{"AADSTS700027", "the certificate is not the application's: upload oauth.certificate_file to the app registration; it may have expired, too"},
		{"AADSTS700024", "the assertion's time is not accepted: set this machine's clock"},
		{"AADSTS700082", "the refresh token has expired for want of use: log in once more and set oauth.refresh_token"},
		{"AADSTS70043", "the refresh token has expired, or a policy of conditional access limits it: log in once more and set oauth.refresh_token"},
		{"AADSTS70008", "the refresh token has expired: log in once more and set oauth.refresh_token"},
		{"AADSTS50173", "the refresh token was revoked, by a new password perhaps: log in once more and set oauth.refresh_token"},
		{"AADSTS50076", "the user must prove itself by a second factor: log in once more, or let the daemon log in as an application"},
		{"AADSTS50057", "the user's account is disabled: enable it, or let the daemon log in as an application"},
		{"AADSTS53003", "a policy of conditional access forbids it: exempt the application, or name this machine's address in the policy"},
		{"AADSTS65001", "nobody has consented: grant the application an administrator's consent"},
		{"AADSTS500011", "the resource is not known in this tenant: check oauth.scopes, and that the tenant has Exchange Online"},
		{"AADSTS1002012", "the scope is not one for a daemon: it must end in /.default"},
		{"AADSTS70011", "the scope is not known: check oauth.scopes"},
		{"AADSTS90002", "the tenant is not known: check oauth.token_url"},
		{"AADSTS900023", "the tenant is not known: check oauth.token_url"},
		{"AADSTS9002313", "the request is malformed: check oauth.token_url and oauth.scopes"},
	}
}

// standardRemedies are the codes of RFC 6749, section 5.2, and Google's beside them.
func standardRemedies() []tokenRemedy {
	return []tokenRemedy{
		{"invalid_grant", "the refresh token no longer works (revoked, expired, or the password was changed; Google ends those of applications in testing after 7 days): log in once more and set oauth.refresh_token"},
		{"invalid_client", "the application is not known or its secret is wrong: check oauth.client_id and oauth.client_secret"},
		{"unauthorized_client", "the application may not use this flow, or these scopes: grant it the permission, or an administrator's consent"},
		{"invalid_scope", "the scope is not known: check oauth.scopes (Gmail wants https://mail.google.com/)"},
		{"deleted_client", "the application was deleted: make a new one and set oauth.client_id"},
		{"disabled_client", "the application is disabled: enable it"},
		{"org_internal", "the application is for another organisation's users alone"},
		{"admin_policy_enforced", "the organisation's administrator must allow the application these scopes"},
		{"access_denied", "access was denied: ask the tenant's administrator for consent"},
		{"temporarily_unavailable", "the endpoint is busy: it is tried again"},
		{"server_error", "the endpoint fails at the moment: it is tried again"},
		{"slow_down", "the endpoint is asked too often: it is tried again"},
	}
}

// tokenFault replaces the endpoint's long answer, which may quote what was sent, by a remedy or a short code.
func tokenFault(err error) error {
	var ours *credentialError
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &ours):
		return ours
	case !errors.As(err, &refused):
		return errors.New("the token endpoint cannot be reached: check oauth.token_url and the network")
	}
	said := codesIn(refused.ErrorDescription + " " + string(refused.Body))
	for _, r := range microsoftRemedies() {
		if slices.Contains(said, r.code) {
			return errors.New(r.remedy + " (" + r.code + ")")
		}
	}
	for _, r := range standardRemedies() {
		if refused.ErrorCode == r.code {
			return errors.New(r.remedy + " (" + r.code + ")")
		}
	}
	return fmt.Errorf("the token endpoint refuses (%s): check [oauth]", refusalCode(refused, said))
}

// codesIn returns Microsoft's codes in an answer: AADSTS90002 is not AADSTS900023.
func codesIn(text string) (codes []string) {
	for _, part := range strings.Split(text, "AADSTS")[1:] {
		digits := strings.IndexFunc(part, func(r rune) bool { return r < '0' || r > '9' })
		if digits < 0 {
			digits = len(part)
		}
		codes = append(codes, "AADSTS"+part[:min(digits, 12)])
	}
	return codes
}

// refusalCode names a refusal that has no remedy of its own. A code is a short word; anything else stays out.
func refusalCode(refused *oauth2.RetrieveError, said []string) string {
	word := refused.ErrorCode != "" && len(refused.ErrorCode) <= 40 && strings.IndexFunc(refused.ErrorCode, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }) < 0
	switch {
	case len(said) > 0:
		return said[0]
	case word:
		return refused.ErrorCode
	}
	return fmt.Sprintf("status %d", refused.Response.StatusCode)
}
