-- A file that was made from an attachment: cleaned, or with words and places taken out. The original stands here for
-- those who write and review; the draft has the copy in its place, so that nothing else can go out.
CREATE TABLE made_copy (
  id TEXT PRIMARY KEY,
  record TEXT NOT NULL REFERENCES record (id),
  -- Of the original.
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  blob TEXT NOT NULL REFERENCES blob (hash),
  -- The digest of the copy.
  copy TEXT NOT NULL,
  -- At how many places something was taken out, and how many hidden things went.
  taken BIGINT NOT NULL,
  cleaned BIGINT NOT NULL,
  staff TEXT NOT NULL REFERENCES staff (id),
  at BIGINT NOT NULL
);
CREATE INDEX made_copy_record ON made_copy (record);
