package pdf

// An Engine is a second reader of PDF files, for those that the object library cannot read and for pages that are
// pictures.
type Engine interface{}
