// Package vault seals what tells of a person, and makes the blind indexes by which it is found again.
//
//	operator's key ──seals──▶ keyset (kept in the database) ──seals──▶ each value, bound to its place
//
// A sealed value opens only at the place it was sealed for, so that a row that was moved or changed is noticed. The sealing
// key is changed in two steps, AddKey and Promote, because a daemon that still has the old keyset could not read what was
// sealed under a new primary key. The index key does not change: its values would have to be made anew from names that are
// not kept.
//
// It knows no database and no clock, and keeps nothing.
package vault
