package parse_test

import (
	"referrald/parse/form"
)

// valuesOf are what a person's form says, by field. Some are left out.
func (d dice) valuesOf(p person) map[form.Key]string {
	v := map[form.Key]string{form.Name: p.name, form.DateOfBirth: p.born, form.Contact: p.phone, form.Sexuality: p.sexuality, form.Address: p.address + pick(d, ", ", "\n", " ") + p.postcode, form.Ethnicity: p.ethnicity,
		form.Religion: p.religion, form.Language: p.language, form.ParentName: p.parent + pick(d, " (", ", ", " - ") + p.kin, form.ParentContact: p.parentPhone, form.Responsibility: pick(d, "Yes", "Mother", p.parent, "Shared - both parents"),
		form.School: p.school, form.AdditionalNeeds: p.needs, form.EducationStatus: pick(d, "Full time", "Part-time timetable (3 days)", "92%", "On roll, attendance 84%"), form.ReferrerName: p.referrer + ", " + p.role,
		form.ReferrerContact: pick(d, p.referrerMail, p.referrerPhone+" / "+p.referrerMail), form.GroupDynamics: pick(d, "Four boys in Year 8, two of them brothers", "N/A - single child"), form.ProtectiveFactors: pick(d, "Close to nan", "Likes football; trusts Mr Bell"),
		form.Interests: pick(d, "Boxing, gaming", "Wants to be a mechanic"), form.Summary: d.prose(1 + d.IntN(4)), form.AreasOfWork: pick(d, "Healthy relationships", "Keeping safe online and saying no")}
	for _, k := range [...]form.Key{form.Contact, form.Sexuality, form.Religion, form.Responsibility, form.EducationStatus, form.GroupDynamics, form.Interests, form.AreasOfWork, form.ProtectiveFactors} {
		if d.of(6) {
			v[k] = ""
		}
	}
	return v
}

// formPaper prints and fills in a referral form, and says what a careful person reads in it.
func (h *hand) formPaper(p person) (paper, told) {
	t := told{fields: map[form.Key]string{}, asked: map[form.Key]string{}, factors: map[form.Factor]bool{}, statuses: map[form.CareStatus]bool{}}
	out := paper{para(bold(pick(h.dice, "Referral form - CONFIDENTIAL", "CCE Prevention Service: Referral Form", "REFERRAL FORM", "Child Exploitation Prevention - School Referral Form", "Request for support: referral form")))}
	values := h.valuesOf(p)
	for i, c := range chapters {
		out = append(out, h.chapter(c, values, &t)...)
		if i == 0 {
			out = append(out, h.care(&t)...)
		}
		if i == 2 {
			out = append(out, h.factors(&t)...)
		}
	}
	delete(t.fields, "")
	t.fields[form.DateOfBirth], t.fields[form.Postcode] = p.iso, p.postcode
	return out, t
}

func (h *hand) chapter(c chapter, values map[form.Key]string, t *told) (out []block) {
	if h.sections {
		out = append(out, para(bold(pick(h.dice, c.heads...))))
	}
	var labels []inks
	var answers [][]inks
	for _, q := range c.questions {
		a := h.answer(values[q.key])
		if q.key == form.ParentAware {
			yes := !h.of(4)
			values[q.key] = map[bool]string{true: "Yes", false: "No"}[yes]
			a = h.yesNo(yes)
		}
		labels, answers = append(labels, h.label(q, h.sections)), append(answers, a)
		t.asked[q.key] = labels[len(labels)-1].text()
		if values[q.key] != "" {
			t.fields[q.key] = values[q.key]
		}
		if h.noise && h.of(4) {
			b := pick(h.dice, besides...)
			labels, answers = append(labels, h.printed(b[0], nil)), append(answers, h.answer(pick(h.dice, b[1], "")))
		}
	}
	if h.wordy && len(labels) > 3 {
		out = append(out, h.ask(labels[:2], answers[:2])...)
		out = append(out, para(plain(pick(h.dice, "Please complete all boxes in full. Incomplete forms may be returned.", "Please make sure that parents have been told before you send this form."))))
		labels, answers = labels[2:], answers[2:]
	}
	return append(out, h.ask(labels, answers)...)
}

// care prints the five statuses.
func (h *hand) care(t *told) []block {
	chosen := pick(h.dice, form.CareStatuses[:]...)
	t.statuses[chosen] = true
	var words []string
	var on []bool
	for _, s := range form.CareStatuses {
		words, on = append(words, pick(h.dice, statusTexts[s]...)), append(on, s == chosen)
	}
	head := h.printed(pick(h.dice, "Social Care Status", "Social care involvement", "Current social care status", "Status with social care"), nil)
	if h.of(3) {
		line := head
		line = append(line, ink{text: " "})
		for i, w := range words {
			box, text := h.tick(w, on[i])
			if text == nil {
				continue
			}
			if box != nil {
				line = append(line, *box, ink{text: " "}, *text, ink{text: "  "})
			} else {
				line = append(line, *text, ink{text: lookText(i < len(words)-1 && h.ticks < tickGone || h.ticks >= tickCircled, " / ")})
			}
		}
		return []block{{line: line}}
	}
	return append([]block{{line: head}}, h.list(words, on)...)
}

// factors prints the thirty factors.
func (h *hand) factors(t *told) []block {
	var words []string
	var on []bool
	n := 1 + h.IntN(9)
	for _, f := range form.Factors {
		yes := h.IntN(len(form.Factors)) < n
		words, on = append(words, pick(h.dice, factorTexts[f]...)), append(on, yes)
		if yes {
			t.factors[f] = true
		}
	}
	head := pick(h.dice, "Please select vulnerability factors that are relevant for the child:", "Vulnerability factors (tick all that apply)", "Vulnerability factors", "Which of these vulnerability factors apply?")
	return append([]block{para(bold(head))}, h.list(words, on)...)
}
