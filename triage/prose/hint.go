package prose

// A sum is what the hints of one key, or of one kind, weigh in one sentence, and from which word to which they stand.
type sum struct {
	sentence, weight int
	from, to         int32
}

// hint adds a hint to its key's sum, each kind once in a sentence, where it stands as something that is so now and of
// this child.
func (r *reader) hint(s sentence, m match, h *hint) {
	k := &r.lex.keys[h.key]
	kind := &r.kinds[h.kind]
	if kind.sentence == r.count && kind.weight >= h.weight || int(m.from) < s.label || !r.counts(&say{}, k) {
		return
	}
	if k.hush && r.hushed[h.key] == r.count || r.trapped(k, m) {
		return
	}
	if status, _ := r.stands(s, m, &say{anyone: h.anyone}, k); status != Present && status != Possible {
		return
	}
	if h.anyone && r.subject(s, m) == classFamily {
		return // of a brother who was exploited
	}
	if kind.sentence != r.count {
		*kind = sum{sentence: r.count}
	}
	t := &r.sums[h.key]
	if t.sentence != r.count {
		*t = sum{sentence: r.count, from: m.from, to: m.to}
	}
	t.weight += h.weight - kind.weight
	kind.weight = h.weight
	t.from, t.to = min(t.from, m.from), max(t.to, m.to)
}

// sum tells as possible each key whose hints weigh enough, unless the sentence tells it outright.
func (r *reader) sum() {
	for i := range r.sums {
		t := &r.sums[i]
		if t.sentence == r.count && t.weight >= r.lex.keys[i].least && !r.tells(i) {
			r.keep(i, Possible, match{from: t.from, to: t.to})
		}
	}
}

// tells says whether the sentence has told a key as present or possible.
func (r *reader) tells(key int) bool {
	for _, t := range r.told {
		if t.key == key && (t.status == Present || t.status == Possible) {
			return true
		}
	}
	return false
}
