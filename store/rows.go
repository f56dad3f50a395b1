package store

// The rows of the tables, column for column, as they are read and as a backup holds them.

type metaRow struct {
	Name  string `db:"name"`
	Value []byte `db:"value"`
}

type sealedRow struct {
	Kind  string `db:"kind"`
	RowID int64  `db:"row_id"`
	Name  string `db:"name"`
	Data  []byte `db:"data"`
}

type placeRow struct {
	Folder    string `db:"folder"`
	Validity  int64  `db:"validity"`
	UID       int64  `db:"uid"`
	Message   int64  `db:"message"`
	Tries     int64  `db:"tries"`
	FirstSeen moment `db:"first_seen"`
}

type messageRow struct {
	ID          int64  `db:"id"`
	Reference   string `db:"reference"`
	Folder      string `db:"folder"`
	Validity    int64  `db:"validity"`
	UID         int64  `db:"uid"`
	Size        int64  `db:"size"`
	Arrived     moment `db:"arrived"`
	Filed       moment `db:"filed"`
	TooLarge    bool   `db:"too_large"`
	Unfetchable bool   `db:"unfetchable"`
	Junk        bool   `db:"junk"`
	ResendOf    string `db:"resend_of"`
	Returned    bool   `db:"returned"`
	IdentityKey string `db:"identity_key"`
	ContentKey  string `db:"content_key"`
	MailKey     string `db:"mail_key"`
	Class       string `db:"class"`
	Outcome     string `db:"outcome"`
	Urgent      bool   `db:"urgent"`
	Decided     moment `db:"decided"`
	Joins       string `db:"joins"`
	Settled     moment `db:"settled"`
	Erased      moment `db:"erased"`
}

type caseRow struct {
	ID            int64  `db:"id"`
	Reference     string `db:"reference"`
	Opened        string `db:"opened"`
	Number        int64  `db:"number"`
	Message       int64  `db:"message"`
	Class         string `db:"class"`
	Outcome       string `db:"outcome"`
	Status        string `db:"status"`
	Urgent        bool   `db:"urgent"`
	Acknowledged  bool   `db:"acknowledged"`
	Pathway       string `db:"pathway"`
	Council       string `db:"council"`
	Codes         string `db:"codes"`
	Flags         string `db:"flags"`
	ChildKey      string `db:"child_key"`
	Arrived       moment `db:"arrived"`
	Changed       moment `db:"changed"`
	ByPerson      bool   `db:"by_person"`
	Accepted      moment `db:"accepted"`
	ToolCompleted moment `db:"tool_completed"`
	StatusReview  moment `db:"status_review"`
	ToolReview    moment `db:"tool_review"`
	Event         moment `db:"event"`
	Closed        moment `db:"closed"`
	NextReview    moment `db:"next_review"`
	LetterFailed  bool   `db:"letter_failed"`
	LegalHold     bool   `db:"legal_hold"`
	Erased        moment `db:"erased"`
}

type actRow struct {
	ID      int64  `db:"id"`
	CaseID  int64  `db:"case_id"`
	At      moment `db:"at"`
	Machine bool   `db:"machine"`
	ByWhom  string `db:"by_whom"`
	Version string `db:"version"`
	Policy  string `db:"policy"`
	Action  string `db:"action"`
	Outcome string `db:"outcome"`
	Urgent  bool   `db:"urgent"`
	Pathway string `db:"pathway"`
	Word    string `db:"word"`
	Message int64  `db:"message"`
}

type letterRow struct {
	ID        int64  `db:"id"`
	Message   int64  `db:"message"`
	Reference string `db:"reference"`
	Kind      string `db:"kind"`
	Template  string `db:"template"`
	MailKey   string `db:"mail_key"`
	ToKey     string `db:"to_key"`
	State     string `db:"state"`
	Created   moment `db:"created"`
	Sent      moment `db:"sent"`
	Tries     int64  `db:"tries"`
	Code      string `db:"code"`
}

type auditRow struct {
	Number    int64  `db:"number"`
	At        moment `db:"at"`
	Act       string `db:"act"`
	ByWhom    string `db:"by_whom"`
	Reference string `db:"reference"`
	Detail    string `db:"detail"`
	Hash      string `db:"hash"`
}

type failureRow struct {
	Kind      string `db:"kind"`
	RowID     int64  `db:"row_id"`
	Reference string `db:"reference"`
	At        moment `db:"at"`
	Code      string `db:"code"`
}

type beatRow struct {
	Step string `db:"step"`
	At   moment `db:"at"`
}
