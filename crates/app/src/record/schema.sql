-- A record is anything we may publish. `revision` is the one submitted last, `published` the number of its public
-- version (0: not public), `open` is 1 while the last revision is not the public one, so that the inbox finds what is
-- under way without looking at the rest. `index_no` is given at the first publication and never changes.
CREATE TABLE record (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  kind TEXT NOT NULL,
  section TEXT NOT NULL REFERENCES section (id),
  made_by TEXT NOT NULL REFERENCES staff (id),
  made_at BIGINT NOT NULL,
  index_no TEXT,
  path TEXT UNIQUE,
  revision TEXT,
  published BIGINT NOT NULL,
  open BIGINT NOT NULL,
  publish_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX record_body ON record (body, id);
CREATE INDEX record_open ON record (body, open, id);
-- One mutable row per record and person; autosave writes only here. `base` is the revision it began from.
CREATE TABLE draft (
  id TEXT PRIMARY KEY,
  record TEXT NOT NULL REFERENCES record (id),
  staff TEXT NOT NULL REFERENCES staff (id),
  base TEXT NOT NULL,
  fields TEXT NOT NULL,
  text TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (record, staff)
);
CREATE TABLE draft_file (
  id TEXT PRIMARY KEY,
  draft TEXT NOT NULL REFERENCES draft (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  blob TEXT NOT NULL REFERENCES blob (hash)
);
CREATE INDEX draft_file_draft ON draft_file (draft);
-- Never changes once written. `bytes` is the canonical text whose digest reviews are bound to; `authors` are all whose
-- edits are in it since the last publication. The salt is destroyed by a protective removal.
CREATE TABLE revision (
  id TEXT PRIMARY KEY,
  record TEXT NOT NULL REFERENCES record (id),
  n BIGINT NOT NULL,
  author TEXT NOT NULL REFERENCES staff (id),
  authors TEXT NOT NULL,
  at BIGINT NOT NULL,
  hash TEXT NOT NULL,
  salt TEXT NOT NULL,
  bytes TEXT NOT NULL,
  UNIQUE (record, n)
);
CREATE TABLE revision_file (
  id TEXT PRIMARY KEY,
  revision TEXT NOT NULL REFERENCES revision (id),
  n BIGINT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  blob TEXT NOT NULL REFERENCES blob (hash)
);
CREATE INDEX revision_file_revision ON revision_file (revision);
-- Number and date of issue arrive after review and stand beside the revision.
CREATE TABLE late (
  id TEXT PRIMARY KEY REFERENCES revision (id),
  number TEXT NOT NULL,
  issued TEXT NOT NULL
);
-- One review per revision and step (一事一审), bound to the digest that the reviewer saw.
CREATE TABLE review (
  id TEXT PRIMARY KEY,
  revision TEXT NOT NULL REFERENCES revision (id),
  step TEXT NOT NULL,
  staff TEXT NOT NULL REFERENCES staff (id),
  verdict TEXT NOT NULL,
  hash TEXT NOT NULL,
  answers TEXT NOT NULL,
  opinion TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (revision, step)
);
-- What the scanner marked in a revision. `settled_by` is who decided to keep it, with a reason.
CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  revision TEXT NOT NULL REFERENCES revision (id),
  n BIGINT NOT NULL,
  key TEXT NOT NULL,
  rule TEXT NOT NULL,
  severity TEXT NOT NULL,
  place TEXT NOT NULL,
  excerpt TEXT NOT NULL,
  says TEXT NOT NULL,
  settled_by TEXT,
  reason TEXT NOT NULL
);
CREATE INDEX finding_revision ON finding (revision);
-- One row per public version, and one for a withdrawal (`revision` is then empty).
CREATE TABLE publication (
  id TEXT PRIMARY KEY,
  record TEXT NOT NULL REFERENCES record (id),
  n BIGINT NOT NULL,
  revision TEXT REFERENCES revision (id),
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (record, n)
);
-- What a program was answered under an idempotency key (the key is hashed with its holder).
CREATE TABLE api_answer (id TEXT PRIMARY KEY, record TEXT NOT NULL REFERENCES record (id), at BIGINT NOT NULL);
-- The public floor. Derived from the tables above, in the act that publishes; `rebuild public` derives it again.
CREATE TABLE public_page (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  index_no TEXT NOT NULL,
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  place TEXT NOT NULL,
  class TEXT NOT NULL,
  section TEXT NOT NULL,
  number TEXT NOT NULL,
  issuer TEXT NOT NULL,
  issued TEXT NOT NULL,
  effective TEXT NOT NULL,
  expires TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  basis TEXT NOT NULL,
  summary TEXT NOT NULL,
  keywords TEXT NOT NULL,
  source TEXT NOT NULL,
  author TEXT NOT NULL,
  hash TEXT NOT NULL,
  note TEXT NOT NULL,
  versions TEXT NOT NULL,
  files TEXT NOT NULL,
  content TEXT NOT NULL
);
CREATE TABLE public_listing (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  place TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  page TEXT NOT NULL,
  path TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  number TEXT NOT NULL,
  index_no TEXT NOT NULL,
  issuer TEXT NOT NULL,
  section TEXT NOT NULL,
  issued TEXT NOT NULL,
  effective TEXT NOT NULL,
  expires TEXT NOT NULL,
  version BIGINT NOT NULL,
  summary TEXT NOT NULL
);
CREATE INDEX public_listing_place ON public_listing (body, place, published_at, path);
CREATE INDEX public_listing_kind ON public_listing (body, place, kind, published_at, path);
CREATE INDEX public_listing_page ON public_listing (page);
CREATE TABLE public_version (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  path TEXT NOT NULL,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  at BIGINT NOT NULL,
  hash TEXT NOT NULL,
  note TEXT NOT NULL,
  files TEXT NOT NULL,
  content TEXT NOT NULL
);
CREATE INDEX public_version_path ON public_version (path, version);
CREATE TABLE public_file (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  page TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL
);
CREATE INDEX public_file_page ON public_file (page);
CREATE TABLE public_gone (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  index_no TEXT NOT NULL,
  at BIGINT NOT NULL,
  reason TEXT NOT NULL
);
