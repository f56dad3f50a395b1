-- The words in double braces are the only ones that differ between the engines; see engine.go. Times are text of fixed
-- width in UTC, '' where something has not happened. What tells of a person stands in "sealed" alone; columns that end in
-- _key are blind indexes.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value {{bytes}} NOT NULL
);

CREATE TABLE sealed (
    kind   TEXT NOT NULL,
    row_id BIGINT NOT NULL,
    name   TEXT NOT NULL,
    data   {{bytes}} NOT NULL,
    PRIMARY KEY (kind, row_id, name)
);

CREATE TABLE places (
    folder     TEXT NOT NULL,
    validity   BIGINT NOT NULL,
    uid        BIGINT NOT NULL,
    message    BIGINT NOT NULL DEFAULT 0, -- 0: tried, not filed yet
    tries      BIGINT NOT NULL DEFAULT 0,
    first_seen TEXT NOT NULL,
    PRIMARY KEY (folder, validity, uid)
);
CREATE INDEX places_message ON places (message);

CREATE TABLE messages (
    id          {{id}},
    reference   TEXT NOT NULL UNIQUE,
    folder      TEXT NOT NULL,
    validity    BIGINT NOT NULL,
    uid         BIGINT NOT NULL,
    size        BIGINT NOT NULL,
    arrived     TEXT NOT NULL,
    filed       TEXT NOT NULL,
    too_large   BOOLEAN NOT NULL,
    unfetchable BOOLEAN NOT NULL,
    junk        BOOLEAN NOT NULL,
    resend_of   TEXT NOT NULL,
    returned    BOOLEAN NOT NULL,
    identity_key TEXT NOT NULL,
    content_key TEXT NOT NULL,
    mail_key    TEXT NOT NULL,
    class       TEXT NOT NULL DEFAULT '',
    outcome     TEXT NOT NULL DEFAULT '',
    urgent      BOOLEAN NOT NULL DEFAULT FALSE,
    decided     TEXT NOT NULL DEFAULT '',
    joins       TEXT NOT NULL DEFAULT '',
    settled     TEXT NOT NULL DEFAULT '',
    erased      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX messages_identity ON messages (identity_key);
CREATE INDEX messages_mail ON messages (mail_key);
CREATE INDEX messages_joins ON messages (joins) WHERE joins <> '';
CREATE INDEX messages_undecided ON messages (id) WHERE class = '';
CREATE INDEX messages_arrived ON messages (arrived, class);

CREATE TABLE cases (
    id             {{id}},
    reference      TEXT NOT NULL UNIQUE,
    opened         TEXT NOT NULL, -- the reference of the message that opened it
    number         BIGINT NOT NULL,
    message        BIGINT NOT NULL,
    class          TEXT NOT NULL,
    outcome        TEXT NOT NULL,
    status         TEXT NOT NULL,
    urgent         BOOLEAN NOT NULL,
    acknowledged   BOOLEAN NOT NULL DEFAULT FALSE,
    pathway        TEXT NOT NULL,
    council        TEXT NOT NULL,
    codes          TEXT NOT NULL,
    flags          TEXT NOT NULL,
    child_key      TEXT NOT NULL,
    arrived        TEXT NOT NULL,
    changed        TEXT NOT NULL,
    by_person      BOOLEAN NOT NULL DEFAULT FALSE,
    accepted       TEXT NOT NULL DEFAULT '',
    tool_completed TEXT NOT NULL DEFAULT '',
    status_review  TEXT NOT NULL DEFAULT '',
    tool_review    TEXT NOT NULL DEFAULT '',
    event          TEXT NOT NULL DEFAULT '',
    closed         TEXT NOT NULL DEFAULT '',
    next_review    TEXT NOT NULL DEFAULT '',
    letter_failed  BOOLEAN NOT NULL DEFAULT FALSE,
    legal_hold     BOOLEAN NOT NULL DEFAULT FALSE,
    erased         TEXT NOT NULL DEFAULT ''
);
CREATE INDEX cases_opened ON cases (opened, number);
CREATE INDEX cases_child ON cases (child_key) WHERE child_key <> '';
CREATE INDEX cases_status ON cases (status, arrived);
CREATE INDEX cases_arrived ON cases (arrived, outcome);
CREATE INDEX cases_closed ON cases (closed) WHERE closed <> '' AND erased = '';
CREATE INDEX cases_review ON cases (next_review) WHERE next_review <> '';
CREATE INDEX cases_alarm ON cases (arrived) WHERE urgent AND NOT acknowledged;
CREATE INDEX cases_failed ON cases (arrived) WHERE letter_failed;

CREATE TABLE acts (
    id      {{id}},
    case_id BIGINT NOT NULL REFERENCES cases (id),
    at      TEXT NOT NULL,
    machine BOOLEAN NOT NULL,
    by_whom TEXT NOT NULL,
    version TEXT NOT NULL,
    policy  TEXT NOT NULL,
    action  TEXT NOT NULL,
    outcome TEXT NOT NULL,
    urgent  BOOLEAN NOT NULL,
    pathway TEXT NOT NULL,
    word    TEXT NOT NULL,
    message BIGINT NOT NULL
);
CREATE INDEX acts_case ON acts (case_id, id);

CREATE TABLE letters (
    id        {{id}},
    message   BIGINT NOT NULL, -- 0: of no message (a digest)
    reference TEXT NOT NULL,
    kind      TEXT NOT NULL,
    template  TEXT NOT NULL,
    mail_key  TEXT NOT NULL UNIQUE,
    to_key    TEXT NOT NULL,
    state     TEXT NOT NULL,
    created   TEXT NOT NULL,
    sent      TEXT NOT NULL DEFAULT '',
    tries     BIGINT NOT NULL DEFAULT 0,
    code      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX letters_reference ON letters (reference) WHERE reference <> '';
CREATE INDEX letters_message ON letters (message) WHERE message <> 0;
CREATE INDEX letters_caps ON letters (to_key, created) WHERE kind = 'letter';
CREATE INDEX letters_created ON letters (created) WHERE kind = 'letter';
CREATE INDEX letters_queue ON letters (state) WHERE state IN ('waiting', 'sending');

CREATE TABLE audit (
    number    BIGINT PRIMARY KEY,
    at        TEXT NOT NULL,
    act       TEXT NOT NULL,
    by_whom   TEXT NOT NULL,
    reference TEXT NOT NULL,
    detail    TEXT NOT NULL,
    hash      TEXT NOT NULL
);
CREATE INDEX audit_reference ON audit (reference, number) WHERE reference <> '';

CREATE TABLE failures (
    kind      TEXT NOT NULL,
    row_id    BIGINT NOT NULL,
    reference TEXT NOT NULL,
    at        TEXT NOT NULL,
    code      TEXT NOT NULL,
    PRIMARY KEY (kind, row_id)
);

CREATE TABLE beats (
    step TEXT PRIMARY KEY,
    at   TEXT NOT NULL
);

CREATE TABLE leases (
    name    TEXT PRIMARY KEY,
    holder  TEXT NOT NULL,
    ends_at TEXT NOT NULL
);
