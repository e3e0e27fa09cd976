-- Where a publication also appears. A row of `outlet_table` is a version of the table that says what goes where, as
-- JSON; the newest of a body counts, and what the law's obligations name where there is none.
CREATE TABLE outlet_table (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  text TEXT NOT NULL,
  note TEXT NOT NULL,
  made_by TEXT NOT NULL REFERENCES staff (id),
  made_at BIGINT NOT NULL
);
CREATE INDEX outlet_table_body ON outlet_table (body, id);

-- One record at one outlet; the id is both. `wanted` is the version that shall stand there, 0 for none; `sent` the
-- version that was last confirmed to stand there, 0 for none. `touched` is 1 from before the first attempt until it is
-- confirmed to be gone: only what was never touched needs no withdrawal. `state` is waiting, sent, failed, by-hand or
-- gone, since `at`; `tries`, `fault` (a word of ours) and `says` (the other side's words) tell of failures. `found` is
-- what the nightly check found wrong: missing, different or still, at `found_at`.
CREATE TABLE outlet_copy (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  record TEXT NOT NULL REFERENCES record (id),
  outlet TEXT NOT NULL,
  way TEXT NOT NULL,
  state TEXT NOT NULL,
  wanted BIGINT NOT NULL,
  sent BIGINT NOT NULL,
  touched BIGINT NOT NULL,
  address TEXT NOT NULL,
  at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  fault TEXT NOT NULL,
  says TEXT NOT NULL,
  found TEXT NOT NULL,
  found_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX outlet_copy_state ON outlet_copy (body, state, id);
CREATE INDEX outlet_copy_found ON outlet_copy (body, found, id);
CREATE INDEX outlet_copy_record ON outlet_copy (record);

-- What a reader sees of it: where the version of today is confirmed to appear.
CREATE TABLE public_outlet (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  page TEXT NOT NULL,
  outlet TEXT NOT NULL,
  version BIGINT NOT NULL,
  address TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX public_outlet_page ON public_outlet (page, id);
CREATE INDEX public_outlet_body ON public_outlet (body, id);
