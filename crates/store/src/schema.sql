-- The store's own tables. Only TEXT and BIGINT, so that one text serves SQLite and PostgreSQL; instants are epoch
-- milliseconds, digests are hexadecimal, sealed bytes are base64.
CREATE TABLE journal (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  about TEXT NOT NULL,
  facts TEXT NOT NULL
);
CREATE INDEX journal_about ON journal (about, id);
CREATE TABLE statement (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  about TEXT NOT NULL,
  bytes TEXT NOT NULL,
  position BIGINT UNIQUE
);
CREATE INDEX statement_about ON statement (about, id);
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  arg TEXT NOT NULL,
  due BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  dead_at BIGINT,
  error TEXT NOT NULL
);
CREATE INDEX job_due ON job (due, id);
CREATE TABLE epoch (id TEXT PRIMARY KEY, n BIGINT NOT NULL);
CREATE TABLE counter (name TEXT PRIMARY KEY, n BIGINT NOT NULL);
CREATE TABLE blob (hash TEXT PRIMARY KEY, size BIGINT NOT NULL, touched_at BIGINT NOT NULL);
CREATE INDEX blob_touched ON blob (touched_at);
