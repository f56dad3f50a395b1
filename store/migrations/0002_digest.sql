-- What the digest counts it finds by an index, however many messages and letters there have been.
CREATE INDEX messages_filed ON messages (filed);
CREATE INDEX places_unfiled ON places (first_seen) WHERE message = 0;
CREATE INDEX letters_draft ON letters (state, reference) WHERE state = 'draft';
