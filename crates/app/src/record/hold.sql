-- A record that something holds back from the public, whatever its reviews say: `held_by` (`matter:…`) put it here
-- and takes it away. `why` is the code of a reason, whose words and article its slice has. `lets`: the digest of
-- the one text that may go nevertheless, else empty.
CREATE TABLE record_hold (
  id TEXT PRIMARY KEY,
  record TEXT NOT NULL REFERENCES record (id),
  held_by TEXT NOT NULL,
  why TEXT NOT NULL,
  lets TEXT NOT NULL,
  since BIGINT NOT NULL
);
CREATE INDEX record_hold_record ON record_hold (record);
