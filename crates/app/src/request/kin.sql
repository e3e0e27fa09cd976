-- Which case came out of which (`split`: the new case and the one it was taken from), and which went into which
-- (`join`: the closed case and the one that goes on). Ids alone.
CREATE TABLE request_kin (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  other TEXT NOT NULL REFERENCES matter (id),
  way TEXT NOT NULL
);
CREATE INDEX request_kin_matter ON request_kin (matter);
CREATE INDEX request_kin_other ON request_kin (other);
