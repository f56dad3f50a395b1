// Package readertest holds every reader of documents to the same properties, for the fuzz targets of each.
//
// Whatever the bytes: reading ends in bounded time and memory, twice gives the same answer, an error is one of the closed
// list and comes without a document, and every word that is read stands in the bytes. The package is for tests alone.
package readertest
