-- The file that a record was brought as. It stands beside the text for those who write and review, and goes to the
-- public only where it is attached.
CREATE TABLE record_source (
  id TEXT PRIMARY KEY REFERENCES record (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  blob TEXT NOT NULL REFERENCES blob (hash)
);
-- What no machine could read of a file, by the file's digest: a JSON list of places, as people call them.
CREATE TABLE unread (id TEXT PRIMARY KEY, places TEXT NOT NULL);
-- Who has read by eye what no machine could read, of a file that belongs to a record.
CREATE TABLE by_eye (
  id TEXT PRIMARY KEY,
  record TEXT NOT NULL REFERENCES record (id),
  blob TEXT NOT NULL,
  staff TEXT NOT NULL REFERENCES staff (id),
  at BIGINT NOT NULL
);
CREATE INDEX by_eye_record ON by_eye (record);
-- Findings of a draft that its author keeps, with the reason; by the finding's key, so that the next scan knows them.
CREATE TABLE kept (
  id TEXT PRIMARY KEY,
  record TEXT NOT NULL REFERENCES record (id),
  key TEXT NOT NULL,
  reason TEXT NOT NULL,
  staff TEXT NOT NULL REFERENCES staff (id),
  at BIGINT NOT NULL
);
CREATE INDEX kept_record ON kept (record);
