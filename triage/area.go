package triage

import (
	"referrald/parse/form"
)

// readHome finds out where the child lives: by the postcode, else by what stands at the end of the address. A post town
// is never read: Stoke's covers four councils and part of Cheshire East.
func (f *facts) readHome() home {
	g := f.mail.assessor.Gazetteer
	address := f.value(form.Address)
	h := home{words: f.words(form.Postcode), hidden: hasAnyWord(foldText(address), f.policy.Area.Withheld)}
	if len(h.words) == 0 {
		h.words = f.words(form.Address)
	}
	if typed := f.value(form.Postcode); typed != "" {
		p, ok := parsePostcode(typed)
		h.given = true
		if ok {
			h.place, h.outward = g.place(p), !p.full()
		}
		h.weigh(g, address)
		return h
	}
	p, ok := postcodeIn(address)
	if !ok {
		p, ok = outwardIn(address)
	}
	if ok {
		h.given, h.place, h.outward = true, g.place(p), !p.full()
	}
	h.weigh(g, address)
	return h
}

// weigh looks at every postcode of the address: a parent's and a placement's, an old one and a new one. Which of them
// is the child's home is for a person to say where it matters.
func (h *home) weigh(g *Gazetteer, address string) {
	for p := range postcodesIn(address) {
		switch other := g.place(p); {
		case other == h.place || other == PlaceNone:
		case other.In() && h.place.In():
			h.place = PlaceInArea
		case other.In() && h.place == PlaceOutside, other == PlaceOutside && h.place.In():
			h.several = true
		}
	}
	if h.several {
		h.place = PlaceNotInTable
	}
}

// ruleArea is the clause area: Staffordshire and Stoke-on-Trent, by where the child lives and goes to school.
func ruleArea(f *facts) {
	if w := f.mail.mentions(f.policy.Area.Moved); len(w) > 0 && f.home.given {
		f.say(CodeAreaMoving, "", append(w, f.home.words...)...)
	}
	school := f.attended.council
	switch p := f.home.place; {
	case f.home.several:
		f.say(CodeAreaTwoHomes, "", f.words(form.Address)...)
	case f.home.hidden && !p.In() && p != PlaceOutside:
		f.say(CodeAreaWithheld, "", f.words(form.Address)...)
	case p.In():
		f.homeIn(school)
	case p == PlaceOutside && (school == Stoke || school == Staffordshire):
		f.say(CodeAreaHomeOutSchoolIn, "", f.home.words...)
	case p == PlaceOutside && school == Outside:
		f.say(CodeAreaOutside, "", f.home.words...)
	case p == PlaceOutside:
		f.say(CodeAreaHomeOut, "", f.home.words...)
	case p == PlaceNotInTable:
		f.say(CodeAreaNotInTable, "", f.home.words...)
	default:
		f.noHome(p)
	}
}

// homeIn is for a child who lives in the area.
func (f *facts) homeIn(school Council) {
	if f.home.outward {
		f.say(CodeAreaOutwardOnly, "", f.home.words...)
	}
	switch school {
	case Outside:
		f.say(CodeAreaHomeInSchoolOut, "", f.home.words...)
	case Stoke, Staffordshire:
		f.say(CodeAreaBothIn, homeSays(f.home.place)+" the school is in the area.", f.home.words...)
	default:
		f.say(CodeAreaHomeIn, homeSays(f.home.place)+" the school's area is not known.", f.home.words...)
	}
}

func homeSays(p Place) string {
	switch p {
	case PlaceStoke:
		return "The home is in Stoke-on-Trent;"
	case PlaceStaffordshire:
		return "The home is in Staffordshire;"
	}
	return "The home is in Stoke-on-Trent or Staffordshire;"
}

// noHome is for a postcode that is not given, or not enough of it.
func (f *facts) noHome(p Place) {
	if !f.hasForm() {
		f.say(CodeAreaNoPostcode, "Without a referral form there is no address to go by.")
		return
	}
	what := Missing(form.Postcode)
	if f.value(form.Address) == "" && f.value(form.Postcode) == "" {
		what = Missing(form.Address)
	}
	f.ask(what)
	switch {
	case p == PlaceSplit:
		f.say(CodeAreaSplit, "", f.home.words...)
	case f.home.given:
		f.say(CodeAreaBadPostcode, "", f.home.words...)
	default:
		f.say(CodeAreaNoPostcode, "", f.home.words...)
	}
}

// contact says whom a signposting letter names, by the home authority (clause contacts).
func (f *facts) contact() []Contact {
	switch f.home.place {
	case PlaceStoke:
		f.say(CodeContactStoke, "")
		return []Contact{ContactStoke}
	case PlaceStaffordshire:
		f.say(CodeContactStaffs, "")
		return []Contact{ContactStaffordshire}
	case PlaceOutside:
		f.say(CodeContactHomeCouncil, "")
		return []Contact{ContactHomeCouncil}
	}
	f.say(CodeContactBoth, "")
	return []Contact{ContactStoke, ContactStaffordshire}
}

// homeContact returns the home authority where it is certain, or "".
func (f *facts) homeContact() Contact {
	switch f.home.place {
	case PlaceStoke:
		return ContactStoke
	case PlaceStaffordshire:
		return ContactStaffordshire
	case PlaceOutside:
		return ContactHomeCouncil
	}
	return ""
}
