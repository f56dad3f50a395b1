package notify

// A remedyEntry says what to do about a reply. An empty enhanced code fits every one; code 0 every code.
type remedyEntry struct {
	code     int
	enhanced string
	says     string
}

// remedies are the replies that are about our account and not about a letter, so that the letter waits until somebody has
// mended it. The first that fits counts. The enhanced codes are Exchange Online's where no other is named.
var remedies = [...]remedyEntry{
	{535, "5.7.139", "Microsoft 365 has SMTP AUTH switched off: enable Authenticated SMTP for this mailbox (Set-CASMailbox -SmtpClientAuthenticationDisabled $false), or exempt it from security defaults"},
	{535, "5.7.3", "The login was refused: check smtp.user and the password; with OAuth the app needs SMTP.SendAsApp, and its service principal FullAccess to the mailbox"},
	{535, "5.7.8", "The login was refused: check smtp.user and the password"},
	{534, "5.7.9", "The server wants another kind of login: an app password, or smtp.auth = \"oauth\""},
	{530, "5.7.57", "The server takes letters only after a login: set smtp.user, and the password or smtp.auth = \"oauth\""},
	{530, "5.7.0", "The server takes letters only after STARTTLS or a login: set smtp.tls and smtp.user"},
	{0, "5.7.60", "The account may not send as this address: grant it Send As for service.address and smtp.envelope_from"},
	{0, "5.2.252", "The account may not send as this address: grant it Send As for service.address and smtp.envelope_from"},
	{0, "5.7.708", "Microsoft 365 refuses mail from this tenant's address range: ask its support to lift the block"},
	{0, "5.1.8", "Microsoft 365 has blocked this mailbox from sending: unblock it under Restricted entities"},
	{0, "5.7.750", "Microsoft 365 refuses mail from domains that the tenant has not verified: verify the domain of service.address"},
	{432, "4.3.2", "Too many connections to the mailbox at once: it is tried again"},
	{535, "", "The login was refused: check smtp.user and the password"},
	{534, "", "The server refuses this kind of login: check smtp.auth"},
	{538, "", "The server wants an encrypted connection for a login: set smtp.tls"},
	{530, "", "The server takes letters only after a login: set smtp.user"},
	{454, "", "The server cannot check logins at the moment: it is tried again"},
	{421, "", "The server is busy or closing: it is tried again"},
}

// remedy returns what to do about a reply, and whether it is about our account.
func (r reply) remedy() (says string, ours bool) {
	for _, e := range remedies {
		if (e.code == 0 || e.code == r.code) && (e.enhanced == "" || e.enhanced == r.enhanced) {
			return e.says, true
		}
	}
	return "", false
}
