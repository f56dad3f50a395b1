// Package prose reads the free text of a message: the mail, the form's boxes, the tool's rows. It recognises the
// thirty factors and nine signs, the concerns that stop the machine (danger now, active exploitation, an earlier
// higher-level service, an allegation about staff …) and the words that say what kind of message it is, and for each
// whether it is told as present, possible, past, negated or of another person, with the quoted sentence.
//
//	Passage ──words──▶ sentences ──patterns──▶ matches ──cues, subjects, traps──▶ Finding{Key, Status, quoted words}
//	                                              └──hints of several kinds────▶ possible
//
// Everything of words is data: lexicon.toml, which staff extend and Load validates. The package decides nothing and
// knows no date; it never changes a text, and every Finding's words stand in its passage. A footer is never evidence,
// a quoted earlier mail only for danger now, and printed template text never.
package prose
