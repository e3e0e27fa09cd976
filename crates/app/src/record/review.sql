-- In whose stead a review was made: the holder of the lent duty that was used; null with one's own. `paper` is the
-- signed sheet where it was made on paper.
ALTER TABLE review ADD COLUMN acting_for TEXT;
ALTER TABLE review ADD COLUMN paper TEXT;
-- 收回: the revision that its author took back before the step that waited was decided. The key is the revision.
CREATE TABLE take_back (
  id TEXT PRIMARY KEY REFERENCES revision (id),
  staff TEXT NOT NULL REFERENCES staff (id),
  at BIGINT NOT NULL
);
-- 报请确定: the reviewer of secrecy asks the competent office; the review still waits.
CREATE TABLE referral (
  id TEXT PRIMARY KEY,
  revision TEXT NOT NULL REFERENCES revision (id),
  staff TEXT NOT NULL REFERENCES staff (id),
  opinion TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX referral_revision ON referral (revision);
-- Who saw what the machine had masked, and what for.
CREATE TABLE viewing (
  id TEXT PRIMARY KEY,
  revision TEXT NOT NULL REFERENCES revision (id),
  staff TEXT NOT NULL REFERENCES staff (id),
  purpose TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX viewing_revision ON viewing (revision);
-- A leader's decision on paper: entered by one person, confirmed by another, then a review of that leader. `outcome` is
-- confirmed or refused; null while it waits.
CREATE TABLE signed (
  id TEXT PRIMARY KEY,
  revision TEXT NOT NULL REFERENCES revision (id),
  hash TEXT NOT NULL,
  leader TEXT NOT NULL REFERENCES staff (id),
  verdict TEXT NOT NULL,
  opinion TEXT NOT NULL,
  signed_on TEXT NOT NULL,
  kind TEXT NOT NULL,
  blob TEXT NOT NULL REFERENCES blob (hash),
  entered_by TEXT NOT NULL REFERENCES staff (id),
  entered_at BIGINT NOT NULL,
  outcome TEXT,
  decided_by TEXT,
  decided_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX signed_revision ON signed (revision);
-- Whose edits are in a draft besides its holder's: drafts that were handed over.
CREATE TABLE draft_writer (
  id TEXT PRIMARY KEY,
  draft TEXT NOT NULL REFERENCES draft (id),
  staff TEXT NOT NULL REFERENCES staff (id)
);
CREATE INDEX draft_writer_draft ON draft_writer (draft);
