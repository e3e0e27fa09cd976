-- A page that was public elsewhere before (补录). The id is the digest of its body and old path. `path` is what an old
-- link asks us for; `hash` that of the paper made of it, to which a signed decision is bound. Kind, fields and text are
-- kept until a record holds them. `findings` counts what a person must look at: such a page goes to the desk.
CREATE TABLE backfill (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  address TEXT NOT NULL,
  path TEXT NOT NULL,
  first_public TEXT NOT NULL,
  capture TEXT NOT NULL,
  index_no TEXT NOT NULL,
  hash TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  fields TEXT NOT NULL,
  text TEXT NOT NULL,
  findings BIGINT NOT NULL,
  section TEXT NOT NULL REFERENCES section (id),
  made_by TEXT NOT NULL REFERENCES staff (id),
  made_at BIGINT NOT NULL,
  decision TEXT,
  record TEXT REFERENCES record (id)
);
CREATE INDEX backfill_listed ON backfill (body, decision, record, first_public, id);
CREATE INDEX backfill_record ON backfill (record);
CREATE INDEX backfill_index_no ON backfill (body, index_no);
CREATE INDEX record_index_no ON record (index_no);
-- One signature over a list of pages (`digest` is that of the list). A review of the signer's is written for each hash
-- on it, until the end of `until` and not after. `seed` chose the sample.
CREATE TABLE backfill_decision (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  prepared_by TEXT NOT NULL REFERENCES staff (id),
  prepared_at BIGINT NOT NULL,
  seed TEXT NOT NULL,
  listed BIGINT NOT NULL,
  digest TEXT NOT NULL,
  until TEXT NOT NULL,
  signed_by TEXT REFERENCES staff (id),
  signed_at BIGINT,
  closed_at BIGINT,
  reason TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE TABLE backfill_sample (
  id TEXT PRIMARY KEY,
  decision TEXT NOT NULL REFERENCES backfill_decision (id),
  n BIGINT NOT NULL,
  page TEXT NOT NULL REFERENCES backfill (id),
  verdict TEXT NOT NULL,
  staff TEXT,
  at BIGINT,
  UNIQUE (decision, n)
);
-- Where an old address leads: empty while its page waits for a person.
CREATE TABLE public_redirect (id TEXT PRIMARY KEY, body TEXT NOT NULL, path TEXT NOT NULL, target TEXT NOT NULL);
-- The day on which a backfilled record was first public elsewhere; null for all others.
ALTER TABLE public_page ADD COLUMN first_public TEXT;
ALTER TABLE public_listing ADD COLUMN first_public TEXT;
-- Lists are in order of the time at which a thing was first public anywhere, so that old pages do not bury the new.
ALTER TABLE public_listing ADD COLUMN first_at BIGINT NOT NULL DEFAULT 0;
UPDATE public_listing SET first_at = published_at;
DROP INDEX public_listing_place;
DROP INDEX public_listing_kind;
CREATE INDEX public_listing_place ON public_listing (body, place, first_at, path);
CREATE INDEX public_listing_kind ON public_listing (body, place, kind, first_at, path);
