-- The digest tells what was decided since the last one, however long before it arrived.
CREATE INDEX messages_decided ON messages (decided, class) WHERE decided <> '';
CREATE INDEX acts_at ON acts (at, action);
CREATE INDEX cases_accepted ON cases (status, accepted) WHERE accepted <> '';
