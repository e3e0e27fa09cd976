-- A file of a case: an original that stays inside (`source` empty), or the copy of one (`source` its id) with `taken`
-- passages out, which goes to the applicant. `size` is in bytes, `blob` a digest, `at` epoch milliseconds.
CREATE TABLE request_file (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  blob TEXT NOT NULL,
  source TEXT NOT NULL,
  taken BIGINT NOT NULL,
  staff TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX request_file_matter ON request_file (matter);
CREATE INDEX request_file_blob ON request_file (blob);
