-- The record that a case names for a role: its draft, the table of what was adopted. One for each role; the words are
-- in the record, and are public only through its gate.
CREATE TABLE matter_paper (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  role TEXT NOT NULL,
  record TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX matter_paper_matter ON matter_paper (matter);
CREATE INDEX matter_paper_record ON matter_paper (record);

-- A case in a state that has a page for anyone: `facts` is the case as JSON without a word that anybody typed and
-- without anybody who did something; pages are computed from it by the same table of the kind. `slug` is 2026-3.
CREATE TABLE public_matter (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  kind TEXT NOT NULL,
  slug TEXT NOT NULL,
  year BIGINT NOT NULL,
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  facts TEXT NOT NULL,
  UNIQUE (body, kind, slug)
);
CREATE INDEX public_matter_list ON public_matter (body, kind, year, opened_at);
