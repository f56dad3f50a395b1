// Package xlsx reads Excel workbooks, and the tables that Excel saves as text: the sheets that are shown, as tables, with the state of the check boxes that lie on
// them. A screening tool comes as one now and then.
//
//	workbook ──▶ sheets ──▶ blocks of rows between empty ones, a table each ──▶ Document
//
// It computes nothing: a formula's value is the one that the file keeps. The package reads no file and opens no connection.
package xlsx
