package ingest

import (
	"regexp"
	"strings"
)

// Most out-of-office replies say so in words alone. Words are trusted only in a short mail without documents, and a subject
// only where nobody answered or forwarded it by hand ("Re: Automatic reply" is a person's).

// awaySubject begins the subjects that mail programs give to automatic replies.
var awaySubject = regexp.MustCompile(`(?i)^\W*(automatic (reply|response|email reply)|auto(matic|mated)?[- ]?(reply|response|responder|antwort)|autoreply|` +
	`out[- ]of[- ](the[- ])?office|ooo\b|away from (the |my )?(office|desk|school)|` +
	`autosvar|automatiskt? svar|automaattinen vastaus|automatische antwort|abwesenheits?(notiz|benachrichtigung|assistent)|abwesend\b|automatisch antwoord|afwezig|` +
	`réponse automatique|absence du bureau|respuesta automática|fuera de (la )?oficina|risposta automatica|fuori (sede|ufficio)|resposta automática|` +
	`automatyczna odpowiedź|odpowiedź automatyczna|automatická odpověď|automatikus válasz|răspuns automat|frånvaro|ikke på kontoret|` +
	`ateb awtomatig|allan o'r swyddfa|автоматический ответ|автоматична відповідь)`)

// saysAuto tells the word that people do not write in a subject of their own.
var saysAuto = regexp.MustCompile(`(?i)auto|автомат`)

// vagueSubject begins subjects that people write too: the body must agree.
var vagueSubject = regexp.MustCompile(`(?i)^\W*(on (annual |maternity |paternity |sick |study )?leave|annual leave|maternity leave|on holiday|vacation|away\b|i am away|half[- ]term|school (is )?closed|thank you for (your e?-?mail|contacting))`)

// absent and soon are what the words of an automatic reply say: that its writer is not there (first person: "her social
// worker is on leave" and "she is not in school" are news of others), and when or who will be.
var (
	absent = regexp.MustCompile(`(?i)\b((i am|i['’]m|i will be|i['’]ll be|i shall be|we are|we['’]re|we will be) (\w+ ){0,3}` +
		`(out of (the )?(office|school)|away|on (annual |maternity |paternity |sick |study |parental )?leave|on holiday|not in (the )?(office|school)|closed|absent)|` +
		`(i|we) (do not|don['’]t|only) work (on )?(mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|part[- ]time|term[- ]time)|` +
		`(mailbox|inbox|account|address|e-?mails?) (is|are) not (\w+ )?monitored|(school|office) (is|will be) (now |currently )?closed|closed for (the )?(half[- ]?term|summer|easter|christmas|holidays?)|` +
		`i (no longer work|have (now )?left the (school|trust|organisation|charity))|` +
		`nicht im (büro|haus)|bin (\pL+ ){0,3}abwesend|ben (\pL+ ){0,3}afwezig|suis (\pL+ ){0,3}absente?|suis en congé|estoy fuera de la oficina|sono fuori ufficio|estou ausente|jestem nieobecn|poza biurem|är frånvarande|allan o'r swyddfa)|` +
		`^\W*((hi|hello|thank you|thanks)[^.!,]{0,60}[.!,]\s*)?(currently )?out of (the )?office`)
	soon = regexp.MustCompile(`(?i)\b(return(ing)?|back (on|in)|until|reopens?|re-?open|as soon as (i|we|possible)|respond|reply|limited access|contact|if (your|the|it|this) (\w+ ){0,3}urgent|` +
		`in (an )?emergency|rückkehr|zurück|retour|terug|de retour|regres|ritorno|volver|wrac|tillbaka|dychwelyd)`)
	// "Thank you for your automated response" is a person's.
	declared = regexp.MustCompile(`(?i)\bthis is (just )?an auto(mated|matic|matically|-| )? ?(generated )?(message|response|reply|e-?mail|acknowledg)|` +
		`\bthis (e-?mail|message|response|reply) (is|was|has been) (being )?(sent |generated |an )?auto|^\W*auto(mated|matic|-)? ?(response|reply|message|acknowledg)`)
	// personal is what no absence says: these words tell of a child or of papers.
	personal = regexp.MustCompile(`(?i)\b(attach(ed|ing|ment)|enclosed?|refer(ring|red)? (him|her|them|this|a|one|our|[A-Z])|he (has|is|was|had)|she (has|is|was|had)|they have been|went missing|gone missing|` +
		`arrested|disclosed|exploit|grooming|date of birth|d\.?o\.?b)\b`)
	// general is how a sentence begins, or goes on, that speaks to whoever may write: "If you are worried about one of our
	// pupils …", "Concerns about a child should be reported to …".
	general = regexp.MustCompile(`(?i)^\W*(if|should|where|when|for|in (an|case|the event)|anyone|urgent|please (contact|direct|report|send))\b|\b(should|must|can|may) be (\w+ )?(reported|directed|sent|referred|made|addressed|emailed|raised|logged)\b`)
	// known tells of one child, family or referral that writer and reader know of, or asks something of the reader.
	known = regexp.MustCompile(`(?i)\b(the|this|that|our|my|these|those|one of (our|the|my)|an?) (\w+[- ]){0,3}?(pupils?|students?|child|children|boys?|girls?|lads?|lass|young (person|people|man|lady|woman)|yp|families|family|sibling|brother|sister|twins?)\b|` +
		`\b(this|that|our|my) (\w+[- ])?(referrals?|screening tool|referral form)\b|\bthe referral (for|of|that|we|i|you|about)\b|\b(i|we)( have|['’]ve)?( just| already)? referred\b|` +
		`\b(can|could|would|will|did|have|has|do|does|is|are) (you|someone|somebody|anyone|anybody|there|it|we|i)\b[^.!?]*\?`)
	sentenceEnd = regexp.MustCompile(`[.!?]+["')]*\s+`)
)

// knows tells words of a person to a person about something that both know.
func knows(words string) bool {
	for from := 0; from < len(words); {
		to := len(words)
		if end := sentenceEnd.FindStringIndex(words[from:]); end != nil {
			to = from + end[1]
		}
		if s := words[from:to]; !general.MatchString(s) && known.MatchString(s) {
			return true
		}
		from = to
	}
	return false
}

// longestAbsence is how long an automatic reply in words may be, its signature included.
const longestAbsence = 1600

// absence tells an automatic reply by its words.
func absence(m *Message, h *header, _ *walker) (witness, bool) {
	if m.hasDocument() {
		return witness{}, false
	}
	words := ownWords(m)
	// "Out of office today, but he has been arrested" is a person's.
	if awaySubject.MatchString(m.Subject) && (saysAuto.MatchString(m.Subject) || !personal.MatchString(words)) {
		return witness{AutoReply, "the subject of an automatic reply"}, true
	}
	if len(words) > longestAbsence || personal.MatchString(words) {
		return witness{}, false
	}
	answers := len(m.InReplyTo) > 0 || len(m.References) > 0 || h.Has("X-Auto-Response-Suppress")
	start := words[:min(len(words), 500)]
	switch {
	case declared.MatchString(start) && (answers || vagueSubject.MatchString(m.Subject)):
		return witness{AutoReply, "the words of an automatic reply"}, true
	case absent.MatchString(start) && soon.MatchString(words) && !knows(words) && (answers || vagueSubject.MatchString(m.Subject)):
		return witness{AutoReply, "the words of an out-of-office reply"}, true
	}
	return witness{}, false
}

// ownWords returns what the writer added, without what is quoted.
func ownWords(m *Message) string {
	var b strings.Builder
	for _, p := range m.Parts {
		if !p.Body || p.Forwarded {
			continue
		}
		for line := range strings.Lines(plain(p)) {
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, ">") {
				continue
			}
			if quoteBegins.MatchString(line) {
				break
			}
			b.WriteString(line)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// quoteBegins matches the line above a quoted mail.
var quoteBegins = regexp.MustCompile(`(?i)^(-{2,} ?original message|from: .+@|on .{6,80} wrote:$|_{10,}$)`)
