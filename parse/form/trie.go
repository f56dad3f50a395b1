package form

import "slices"

// A trie holds phrases by their words. An edge is a word or, in the trie of labels, a group of phrases; so a label such
// as "name of {child}" costs one path whatever the number of words for a child.
type trie struct {
	edges map[edge]int32
	nodes [][]int32 // what ends at each node
	wild  []bool    // whether a group leaves the node
}

type edge struct {
	node, step int32
}

// noWord is the number of a word that no phrase has.
const noWord int32 = 0

// groupEdge returns the step of a group.
func groupEdge(group int32) int32 { return -1 - group }

// add puts a phrase with its meaning into the trie.
func (t *trie) add(steps []int32, meaning int32) {
	if t.edges == nil {
		t.edges, t.nodes, t.wild = map[edge]int32{}, make([][]int32, 1), make([]bool, 1)
	}
	var node int32
	for _, s := range steps {
		next, ok := t.edges[edge{node, s}]
		if !ok {
			next = int32(len(t.nodes))
			t.nodes, t.wild = append(t.nodes, nil), append(t.wild, false)
			t.edges[edge{node, s}] = next
		}
		t.wild[node] = t.wild[node] || s < 0
		node = next
	}
	if len(steps) > 0 {
		t.nodes[node] = append(t.nodes[node], meaning)
	}
}

// A match is a phrase found at a word of a line: the words it covers and what it can mean.
type match struct {
	words  int
	senses []int32
}

// A span of words that is one phrase of a group.
type groupMatch struct {
	group int32
	words int
}

// groupsAt returns the phrases of groups that begin at a word.
func (l *Lexicon) groupsAt(ws []word, at int) []groupMatch {
	var out []groupMatch
	var node int32
	for i := at; i < len(ws); i++ {
		next, ok := l.groups.edges[edge{node, ws[i].id}]
		if !ok {
			break
		}
		node = next
		for _, g := range l.groups.nodes[node] {
			out = append(out, groupMatch{g, i + 1 - at})
		}
	}
	return out
}

// A walk finds the phrases of one line.
type walk struct {
	lex    *Lexicon
	words  []word
	groups [][]groupMatch // by word; nil where not yet asked
	found  []match
	states int
}

// maxStates bounds the work at one word; no label needs as much.
const maxStates = 256

// at returns the phrases that begin at a word, the longest first.
func (w *walk) at(i int) []match {
	w.found, w.states = w.found[:0], 0
	if w.words[i].id != noWord {
		w.follow(0, i, i)
	}
	slices.SortStableFunc(w.found, func(a, b match) int { return b.words - a.words })
	out := w.found[:0]
	for _, m := range w.found {
		if n := len(out); n > 0 && out[n-1].words == m.words {
			out[n-1].senses = slices.Concat(out[n-1].senses, m.senses)
			continue
		}
		out = append(out, m)
	}
	return out
}

func (w *walk) follow(node int32, from, i int) {
	w.states++
	if s := w.lex.phrases.nodes[node]; len(s) > 0 {
		w.found = append(w.found, match{i - from, s})
	}
	if i == len(w.words) || w.words[i].id == noWord || w.states > maxStates {
		return
	}
	if next, ok := w.lex.phrases.edges[edge{node, w.words[i].id}]; ok {
		w.follow(next, from, i+1)
	}
	if !w.lex.phrases.wild[node] {
		return
	}
	for _, g := range w.groupsAt(i) {
		if next, ok := w.lex.phrases.edges[edge{node, groupEdge(g.group)}]; ok {
			w.follow(next, from, i+g.words)
		}
	}
}

func (w *walk) groupsAt(i int) []groupMatch {
	if w.groups == nil {
		w.groups = make([][]groupMatch, len(w.words))
	}
	if w.groups[i] == nil {
		w.groups[i] = append(w.lex.groupsAt(w.words, i), groupMatch{group: -1})
	}
	return w.groups[i][:len(w.groups[i])-1]
}
