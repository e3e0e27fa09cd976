-- What the public sends. In clear stand only what was chosen from a list, the public page it is about, the channel, the
-- moment of receipt and what became of it. All that was typed is one canonical JSON under a key of its own
-- (`sealed_text`, `sealed_key`); so is the staff's reply, which may quote it. `code_key` and `once_key` are keyed hashes
-- of the tracking code and of one sending of the form. `commitment` is what the ledger's statement says; without `salt`
-- it tells nothing. On `retain_until` a job empties text, keys and salt, and notes the moment.
CREATE TABLE submission (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  kind TEXT NOT NULL,
  topic TEXT NOT NULL,
  about TEXT NOT NULL,
  channel TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  code_key TEXT NOT NULL UNIQUE,
  once_key TEXT NOT NULL UNIQUE,
  sealed_text TEXT NOT NULL,
  sealed_key TEXT NOT NULL,
  salt TEXT NOT NULL,
  commitment TEXT NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reply_text TEXT NOT NULL,
  reply_key TEXT NOT NULL,
  answered_at BIGINT,
  retain_until TEXT NOT NULL,
  erased_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX submission_open ON submission (body, kind, state, received_at, id);
