// Package part opens the parts of zipped XML documents (docx, odt): the archive within limits of size, ratio and depth,
// and each XML part as a small tree of Nodes.
//
//	bytes ──Open──▶ Archive ──Tree──▶ Node
//
// Invariant: no part costs more than MaxPart bytes or MaxNodes nodes, whatever its headers claim; every error is a
// *document.Unreadable. The package knows no document format.
package part
