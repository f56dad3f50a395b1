package ingest

// Limits bound what is taken out of one message.
type Limits struct {
	Depth int   // levels of multipart and attached message
	Parts int   // leaves
	Bytes int64 // decoded, all leaves together
}

// DefaultLimits are far above what referrals need and far below what harms.
func DefaultLimits() Limits { return Limits{Depth: 20, Parts: 500, Bytes: 128 << 20} }

// The defects of a message: closed sentences for staff, each a reason to hold.
const (
	DefectDepth      = "The message is nested too deeply to be read whole."
	DefectParts      = "The message has more parts than are read."
	DefectBytes      = "The message is larger than what is read."
	DefectEncoding   = "A part of the message is encoded in a way that is not known."
	DefectDamaged    = "A part of the message arrived damaged."
	DefectCharset    = "A text in the message is in a character set that is not known."
	DefectBoundary   = "The message's parts could not be told apart."
	DefectEnd        = "The message breaks off before its end: parts may be missing."
	DefectElsewhere  = "A part of the message is kept elsewhere and was not sent with it."
	DefectEncrypted  = "The message is encrypted."
	DefectSealed     = "The message is wrapped in a signature that is not opened."
	DefectNoFrom     = "The sender's address cannot be read."
	DefectManyFrom   = "The message names more than one author."
	DefectNoDate     = "The message has no date that can be read."
	WarningHeader    = "Lines that are no header were left out of a header."
	WarningBase64    = "Characters that are no base64 were left out of a part."
	WarningNoCharset = "A text that names no character set was read as Windows-1252."
	WarningMbox      = "A mailbox file's From line stood before the header."
)
