-- Whoever sees that something should not be public hides it at once; somebody else decides by `due` (one working day).
-- `n` is the version that was public. `reason` is a word of the list, empty until it is given; `says` and `opinion` are
-- words of staff and never public. `outcome` is empty until decided: restored, withdrawn, corrected.
CREATE TABLE hide (
  id TEXT PRIMARY KEY,
  record TEXT NOT NULL REFERENCES record (id),
  body TEXT NOT NULL REFERENCES body (id),
  n BIGINT NOT NULL,
  hidden_by TEXT NOT NULL,
  at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  says TEXT NOT NULL,
  due TEXT NOT NULL,
  outcome TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at BIGINT,
  opinion TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX hide_record ON hide (record, outcome);
CREATE INDEX hide_open ON hide (outcome, due);
-- Where a secret is suspected: all that the tables held of the record's words, as one JSON under a key of its own. The
-- clear text is no longer there. `digest` is the SHA-256 of that JSON.
CREATE TABLE evidence (
  id TEXT PRIMARY KEY REFERENCES hide (id),
  digest TEXT NOT NULL,
  sealed_text TEXT NOT NULL,
  sealed_key TEXT NOT NULL
);
CREATE TABLE evidence_file (
  id TEXT PRIMARY KEY,
  hide TEXT NOT NULL REFERENCES hide (id),
  was TEXT NOT NULL,
  blob TEXT NOT NULL REFERENCES blob (hash),
  key TEXT NOT NULL
);
CREATE INDEX evidence_file_hide ON evidence_file (hide);
