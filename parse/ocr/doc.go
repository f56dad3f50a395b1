// Package ocr reads pictures of documents: scans, faxes and photographs. Picture turns an image file into upright grey
// pages; Read straightens each page, finds its rules, boxes and ticks by itself, has the words recognised by a program
// that the caller starts, and puts all of it into the cells of a Document.
//
//	grey page ──straighten──▶ ink ──rules──▶ grid ──boxes, ticks──▶ marks ─┐
//	                           └──rules and marks painted over──▶ words ──┴──▶ cells
//
// Recognition engines print a box as some letter or drop it, so boxes are measured and never left to them. What a copier
// adds is taken out first: specks, worn edges of tables, the shadow on a photograph; two pages on one sheet come apart.
//
// Invariant: what a picture shows is never sure. Every token is Recognised and bears a confidence; a box is Ticked or
// MarkUnknown and never Unticked, since a faint pen stroke and an empty box can look alike.
//
// The package starts no process, reads no file and knows no label of any form. Boxes of cells and tokens are measured on
// the straightened page.
package ocr
