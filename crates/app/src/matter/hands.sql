-- Who works on a case: `role` is `handler` (one at a time) or `second`. `staff` is empty where a section has it and
-- nobody in it yet. `until` is the last day of somebody who acts for an absent colleague; empty for good. What ended
-- stays, with how: `handed-over`, `taken-back`, `returned`, `ended`.
CREATE TABLE matter_hand (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  role TEXT NOT NULL,
  section TEXT NOT NULL,
  staff TEXT NOT NULL,
  until TEXT NOT NULL,
  given_by TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  ended_at BIGINT,
  ended_how TEXT
);
CREATE INDEX matter_hand_matter ON matter_hand (matter, ended_at);
CREATE INDEX matter_hand_section ON matter_hand (section, ended_at);

-- What staff tell each other about a case, for nobody else: words and the names of files as JSON under a key of its own.
-- `step` is how many steps had been made. `sort` is `note`, `assign`, `take-back` or `return`. `erased_at`: the words are
-- gone. `token` is that of the sending.
CREATE TABLE matter_note (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  token TEXT NOT NULL,
  step BIGINT NOT NULL,
  sort TEXT NOT NULL,
  who TEXT NOT NULL,
  at BIGINT NOT NULL,
  sealed_text TEXT NOT NULL,
  sealed_key TEXT NOT NULL,
  erased_at BIGINT,
  UNIQUE (matter, token)
);

-- A file of a note: the blob is ciphertext, and its key stands here alone, so that a row that goes takes the file along.
CREATE TABLE matter_file (
  id TEXT PRIMARY KEY,
  note TEXT NOT NULL REFERENCES matter_note (id),
  matter TEXT NOT NULL,
  blob TEXT NOT NULL,
  sealed_key TEXT NOT NULL
);
CREATE INDEX matter_file_note ON matter_file (note);
CREATE INDEX matter_file_matter ON matter_file (matter);
CREATE INDEX matter_file_blob ON matter_file (blob);
