package prose

import "slices"

// stands says how a match stands in its sentence, or "" where it is no evidence at all; and for another person, which.
func (r *reader) stands(s sentence, m match, say *say, k *key) (Status, class) {
	if int(m.from) < s.label {
		return r.answered(s, k), 0
	}
	switch {
	case k.heeds&heedGeneric != 0 && r.ahead(cueGeneric, s, m):
		return "", 0
	case k.heeds&heedAsked != 0 && (r.ahead(cueAsked, s, m) || r.behind(cueAskedBefore, s, m)):
		return "", 0
	case k.heeds&heedNegated != 0 && r.negated(s, m):
		return Negated, 0
	}
	if k.heeds&heedOther != 0 && !say.anyone {
		if kin := r.subject(s, m); kin != 0 && !r.suffered(s, k, kin) {
			if k.heeds&heedPastOfOthers != 0 && r.past(s, m) {
				return Past, 0
			}
			return OtherPerson, kin
		}
	}
	switch {
	case k.heeds&heedPast != 0 && r.past(s, m):
		return Past, 0
	case k.heeds&heedPossible != 0 && (r.ahead(cuePossible, s, m) || r.behind(cuePossibleBefore, s, m)):
		return Possible, 0
	case k.heeds&heedQuestion != 0 && s.asked && s.answer != answerYes:
		return Possible, 0
	}
	return Present, 0
}

// suffered says whether what another adult does is done to the child: "an adult male has been using his bank card".
func (r *reader) suffered(s sentence, k *key, kin class) bool {
	return kin == classOther && k.heeds&heedDoer != 0 && slices.ContainsFunc(r.split.words[s.from:s.to], func(w word) bool {
		return r.lex.classes[w.id]&(classObject|classChild) != 0
	})
}

// answered is how a printed label or question stands by its answer.
func (r *reader) answered(s sentence, k *key) Status {
	switch {
	case s.answer == answerYes:
		return Present
	case s.answer == answerNo && k.heeds&heedNegated != 0:
		return Negated
	}
	return ""
}

// negated says whether the match stands in the scope of a negation, or is answered no.
func (r *reader) negated(s sentence, m match) bool {
	return s.asked && s.answer == answerNo || r.ahead(cueNegator, s, m) || r.within(m) || r.behind(cueNegatedBefore, s, m) || r.answeredNo(s, m)
}

// within says whether a negation stands in a gap of the match: "would never hurt anyone" where "would … hurt" was found.
// A gap that opens a clause of its own ("kills him if he does not pay") says no to something else.
func (r *reader) within(m match) bool {
	for _, c := range r.cues {
		if r.lex.rules[c.rule].cue == cueNegator && m.from < c.from && c.to <= m.to && r.leaps(&m, c) && !r.masked(cueNegator, c, m) {
			return true
		}
	}
	return false
}

// leaps says whether a gap of the match skips the whole cue, and nothing between the gap's ends begins a clause.
func (r *reader) leaps(m *match, c match) bool {
	from, to := c.from, c.to
	for from > m.from && m.skips(from-1) {
		from--
	}
	for to < m.to && m.skips(to) {
		to++
	}
	for i := from; i < to; i++ {
		w := r.split.words[i]
		if i >= c.to && c.to-c.from > 1 {
			break // "nothing to suggest" speaks of all that follows
		}
		if !m.skips(i) && i < c.to && i >= c.from || w.before != gapNone || r.lex.classes[w.id]&(classChild|classPlural|classJoin|classContrast) != 0 || r.cueAt(cueAsked, int(i)) {
			return false
		}
	}
	return true
}

// answeredNo finds "Weapons: none" and "knife carrying - no".
func (r *reader) answeredNo(s sentence, m match) bool {
	words := r.split.words
	for i := int(m.to); i < s.to; i++ {
		if words[i].before >= gapColon {
			return r.answerAt(i) == answerNo
		}
	}
	return false
}

// ahead says whether a cue before the match reaches it: no scope ends between them, and the cue is neither masked nor
// itself part of the match.
func (r *reader) ahead(kind cue, s sentence, m match) bool {
	for _, c := range r.cues {
		if r.lex.rules[c.rule].cue == kind && c.to <= m.from && !r.masked(kind, c, m) && !r.ends(int(c.to), int(m.from), kind) {
			return true
		}
	}
	return false
}

// behind says whether a cue after the match reaches back to it.
func (r *reader) behind(kind cue, s sentence, m match) bool {
	for _, c := range r.cues {
		if r.lex.rules[c.rule].cue == kind && c.from >= m.to && c.from-m.to <= 8 && !r.masked(kind, c, m) && !r.parted(int(m.to), int(c.from)) {
			return true
		}
	}
	return false
}

// masked says whether a cue is none here: it lies in a phrase that only looks like it, or another say has used it up.
func (r *reader) masked(kind cue, c, m match) bool {
	if kind == cueNegator && r.usedUp(c, m) {
		return true
	}
	for _, o := range r.cues {
		not := r.lex.rules[o.rule].cue
		if not == cueNotAsked && (o.from > c.from || o.to < c.to) {
			continue // "in sessions on …" still teaches
		}
		if masks(not, kind) && o.from < c.to && c.from < o.to {
			return true
		}
	}
	return false
}

// usedUp says whether a negation is part of another finding: "not attending" is one, and its "not" negates nothing after.
func (r *reader) usedUp(c, m match) bool {
	for _, o := range r.all {
		rule := r.lex.rules[o.rule]
		if rule.kind != ruleSay || o == m || o.from > c.from || c.to > o.to || o.to-o.from <= c.to-c.from || o.skips(c.from) {
			continue
		}
		if !r.lex.keys[r.lex.says[rule.at].key].kindOfMail {
			return true
		}
	}
	return false
}

// masks says whether a cue of the one kind makes none of a cue of the other that it touches.
func masks(not, kind cue) bool {
	switch not {
	case cueNotNegator:
		return kind == cueNegator
	case cueNotPast:
		return kind == cuePast
	case cueNotAsked:
		return kind == cueAsked || kind == cueAskedBefore
	}
	return false
}

// contrasts says whether a cue with a gap reaches over a "but": "no convictions but is known to" negates nothing after.
func (r *reader) contrasts(c match) bool {
	for i := c.from + 1; i < c.to; i++ {
		w := r.split.words[i]
		if w.before == gapSemicolon || r.lex.classes[w.id]&classContrast != 0 {
			return true
		}
	}
	return false
}

// ends says whether a scope that begins at word from ends before word to.
func (r *reader) ends(from, to int, kind cue) bool {
	words := r.split.words
	for i := from; i < to; i++ {
		w := words[i]
		c := r.lex.classes[w.id]
		switch {
		case r.aside(i):
		case w.before == gapSemicolon || w.before == gapDash && i > from:
			return true
		case c&classContrast != 0 || r.cueAt(cueEnd, i):
			return true
		case (w.before == gapComma || i > from && c&classJoin != 0) && r.opens(i, to, c&classJoin != 0):
			return true
		}
	}
	return w0(words, to, from)
}

// cueOver finds the cue of a kind that word i is part of.
func (r *reader) cueOver(kind cue, i int) (match, bool) {
	for _, c := range r.cues {
		if r.lex.rules[c.rule].cue == kind && int(c.from) <= i && i < int(c.to) {
			return c, true
		}
	}
	return match{}, false
}

// aside says whether word i is part of "as far as we know" and the like.
func (r *reader) aside(i int) bool {
	_, ok := r.cueOver(cueAside, i)
	return ok
}

// w0 says whether a semicolon or dash stands right before the match.
func w0(words []word, to, from int) bool {
	return to > from && to < len(words) && (words[to].before == gapSemicolon || words[to].before == gapDash)
}

// opens says whether a new clause begins at word i: a subject or a finite verb, after the joining word if there is one.
func (r *reader) opens(i, to int, join bool) bool {
	words := r.split.words
	if join {
		i++
	}
	if i >= len(words) {
		return false
	}
	c := r.lex.classes[words[i].id]
	if c&(classChild|classPlural) != 0 || c&classFinite != 0 {
		return true
	}
	if c&classPossessor != 0 && i+1 < len(words) {
		i++
		c = r.lex.classes[words[i].id]
	}
	person := c&(classFamily|classPeer|classOther|classNeutral) != 0 || words[i].shape&shapeName != 0
	return person && i+1 < len(words) && r.lex.classes[words[i+1].id]&(classFinite|classReport) != 0
}

// parted says whether anything parts a match from a cue behind it: a contrast, or a new clause after a semicolon. "But
// this was ruled out" speaks of what stands before it.
func (r *reader) parted(from, to int) bool {
	words := r.split.words
	for i := from; i < to; i++ {
		next := i
		if r.lex.classes[words[i].id]&classContrast != 0 {
			next++
		} else if words[i].before != gapSemicolon {
			continue
		}
		if r.lex.classes[words[next].id]&classBack == 0 {
			return true
		}
	}
	return false
}

// cueAt says whether a cue of the kind begins at word i.
func (r *reader) cueAt(kind cue, i int) bool {
	for _, c := range r.cues {
		if int(c.from) == i && r.lex.rules[c.rule].cue == kind {
			return true
		}
	}
	return false
}

// past says whether the match is told as past: a cue anywhere in its clause, or "nothing since" after it.
func (r *reader) past(s sentence, m match) bool {
	for _, c := range r.cues {
		kind := r.lex.rules[c.rule].cue
		switch {
		case kind == cuePastBefore && c.from >= m.to:
			return true
		case kind != cuePast || r.masked(cuePast, c, m):
		case c.to <= m.from && !r.ends(int(c.to), int(m.from), cuePast):
			return true
		case c.from >= m.from && !r.parted(int(m.to), int(c.from)) && !r.now(int(m.to), int(c.from)):
			return true
		}
	}
	return false
}

// now says whether a clause of its own begins between a match and a cue of the past behind it.
func (r *reader) now(from, to int) bool {
	for i := from; i < to; i++ {
		g := r.split.words[i].before
		join := r.lex.classes[r.split.words[i].id]&classJoin != 0
		if g == gapSemicolon || (g == gapComma || join) && r.opens(i, to, join) {
			return true
		}
	}
	return false
}

// subject returns which other person does or suffers what the match tells: classFamily, classPeer, classOther, or 0 for
// the child. The nearest subject before the match decides.
func (r *reader) subject(s sentence, m match) class {
	words := r.split.words
	for i := int(m.from); i < int(m.to)-1; i++ {
		if r.lex.classes[words[i].id]&classChild != 0 && r.lex.classes[words[i+1].id]&classFinite != 0 && !r.other(i, s.from) {
			return 0 // "mum does not know where he is"
		}
	}
	for i := int(m.from) - 1; i >= s.from; i-- {
		if i+1 < s.to && words[i+1].before == gapSemicolon {
			return 0
		}
		if o, ok := r.cueOver(cueOthers, i); ok { // "a boy in his class"
			if !r.governed(int(o.from), s.from) && !r.reports(int(o.to)-1, int(m.from)) {
				return classPeer
			}
			i = int(o.from)
			continue
		}
		c := r.lex.classes[words[i].id]
		switch {
		case c&classChild != 0 && !r.other(i, s.from):
			return 0
		case c&classObject != 0 && i+1 < s.to && r.lex.classes[words[i+1].id]&classInfinitive != 0:
			return 0 // "older boys pay him to"
		case c&classRelative != 0:
			if kin, ok := r.antecedent(i, s.from); ok {
				return kin
			}
		case c&(classFamily|classPeer|classOther) != 0 && r.isSubject(i, s, m):
			if r.reports(i, int(m.from)) || r.withChild(i, s.from) {
				return 0
			}
			return c & (classFamily | classPeer | classOther)
		case words[i].shape&shapeName != 0 && i+1 < int(m.from) && r.lex.classes[words[i+1].id]&classFinite != 0 && !r.named(i, s.from):
			return 0
		}
	}
	return r.possessed(s, m)
}

// other says whether "another" or "other" makes a pupil of someone else.
func (r *reader) other(i, from int) bool {
	return i > from && r.lex.classes[r.split.words[i-1].id]&classPeer != 0
}

// antecedent returns the person before a "who".
func (r *reader) antecedent(i, from int) (class, bool) {
	for n := i - 1; n >= from && n >= i-4; n-- {
		c := r.lex.classes[r.split.words[n].id]
		if kin := c & (classFamily | classPeer | classOther); kin != 0 {
			return kin, true
		}
		if c&classChild != 0 {
			return r.befriended(n, from), true
		}
	}
	return 0, false
}

// befriended makes a peer of the boy in "friends with a boy".
func (r *reader) befriended(i, from int) class {
	for n := i - 1; n > from && n >= i-3; n-- {
		c := r.lex.classes[r.split.words[n].id]
		switch {
		case c&classPreposition != 0:
			return r.lex.classes[r.split.words[n-1].id] & classPeer
		case c&classFiller == 0:
			return 0
		}
	}
	return 0
}

// isSubject says whether the person at i is the subject of what follows: no preposition governs it, and a verb or the
// match itself comes next.
func (r *reader) isSubject(i int, s sentence, m match) bool {
	if r.governed(i, s.from) {
		return false
	}
	if i == s.from || int(m.from)-i <= 2 {
		return true
	}
	words := r.split.words
	for n := i + 1; n < int(m.from) && n <= i+5; n++ {
		if r.lex.classes[words[n].id]&(classFinite|classReport) != 0 {
			return true
		}
	}
	return r.headOf(i, s.from)
}

// headOf says whether only fillers stand between word i and the beginning of its sentence or clause: "that boys on the
// estate", "because older lads".
func (r *reader) headOf(i, from int) bool {
	for n := i - 1; n >= from; n-- {
		c := r.lex.classes[r.split.words[n].id]
		switch {
		case c&(classJoin|classBack) != 0 && c&classPreposition == 0:
			return true
		case c&classFiller == 0:
			return false
		}
	}
	return true
}

// governed says whether a preposition makes an object of the person at i: "with his older brother". "One of his
// friends" is a subject.
func (r *reader) governed(i, from int) bool {
	words := r.split.words
	for n := i - 1; n >= from && n >= i-5; n-- {
		c := r.lex.classes[words[n].id]
		switch {
		case c&classPreposition != 0:
			return c&classOf == 0 || n == from || r.lex.classes[words[n-1].id]&classPartitive == 0
		case c&classFiller == 0 && words[n].shape&shapeNumber == 0:
			return false
		}
	}
	return false
}

// reports says whether the person at i only tells or finds what follows ("mum reports that", "dad has found"), and is
// not the one who was reported or found.
func (r *reader) reports(i, to int) bool {
	words := r.split.words
	for n := i + 1; n <= to && n <= i+4; n++ {
		c := r.lex.classes[words[n].id]
		if c&classReport != 0 {
			return c&classDone == 0 || r.lex.classes[words[n-1].id]&classBe == 0
		}
		if c&(classFinite|classFiller|classPreposition) == 0 {
			return false
		}
	}
	return false
}

// withChild says whether the person at i stands beside the child: "he and his brother".
func (r *reader) withChild(i, from int) bool {
	words := r.split.words
	for n := i - 1; n > from && n >= i-4; n-- {
		c := r.lex.classes[words[n].id]
		if c&classJoin != 0 {
			before := r.lex.classes[words[n-1].id]
			return before&classChild != 0 || words[n-1].shape&shapeName != 0
		}
		if c&classFiller == 0 {
			return false
		}
	}
	return false
}

// named says whether the name at i belongs to the person before it: "his brother Kyle".
func (r *reader) named(i, from int) bool {
	return i > from && r.lex.classes[r.split.words[i-1].id]&(classFamily|classPeer|classOther) != 0
}

// possessed finds "arrest of his brother" behind the match.
func (r *reader) possessed(s sentence, m match) class {
	words := r.split.words
	i := int(m.to)
	if i >= s.to || r.lex.classes[words[i].id]&classOf == 0 {
		return 0
	}
	for i++; i < s.to && i < int(m.to)+5; i++ {
		c := r.lex.classes[words[i].id]
		if kin := c & (classFamily | classPeer); kin != 0 {
			return kin
		}
		if c&classFiller == 0 {
			return 0
		}
	}
	return 0
}
