-- The feeds of superior bodies that are read every day. `failure` says why the last reading failed; empty if it did not.
CREATE TABLE superior_feed (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  checked_at BIGINT,
  failure TEXT NOT NULL,
  ended_at BIGINT,
  UNIQUE (body, address)
);
-- A document of a superior body. The id is the digest of its body and what names it: the feed's id of the entry, or its
-- address; `named` is number and issuer, where both are known: neither comes twice. `stops` is why a person must decide,
-- as JSON; `cleared_by` who did. Of a file that a person brought: its name, media type, size, blob, and what no machine
-- could read of it, as JSON.
CREATE TABLE superior (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  feed TEXT REFERENCES superior_feed (id),
  named TEXT NOT NULL,
  title TEXT NOT NULL,
  number TEXT NOT NULL,
  issuer TEXT NOT NULL,
  address TEXT NOT NULL,
  text TEXT NOT NULL,
  at BIGINT NOT NULL,
  stops TEXT NOT NULL,
  standing TEXT NOT NULL,
  cleared_by TEXT,
  reason TEXT NOT NULL,
  record TEXT REFERENCES record (id),
  file TEXT,
  kind TEXT,
  size BIGINT,
  blob TEXT REFERENCES blob (hash),
  unread TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX superior_body ON superior (body, standing, at);
CREATE INDEX superior_named ON superior (body, named);
