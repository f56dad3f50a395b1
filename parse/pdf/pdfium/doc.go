// Package pdfium is the second PDF engine: Google's PDFium, compiled to WebAssembly and run inside this process by
// wazero, without cgo. It gives the words of files that the first reader cannot read, and pictures of pages for OCR.
//
// The module sees no file, no clock but its own and no network: it is given bytes and gives back letters and pixels.
// Starting takes about 0.1 s with a Cache that already holds the compiled module, and some 4 s and 300 MB without; so it
// is started only for a file that needs it, and cmd fills the Cache once.
package pdfium
