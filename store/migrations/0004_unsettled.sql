-- Whether messages are moved to their folders is asked every minute, however many there have been.
CREATE INDEX messages_unsettled ON messages (id) WHERE settled = '' AND erased = '';
