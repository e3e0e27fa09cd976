-- What changed on the public floor, for the search index of each node: `turn` grows, `stamp` is new with every change.
-- Derived with the floor, and no part of a backup.
CREATE TABLE public_change (
  id TEXT PRIMARY KEY,
  turn BIGINT NOT NULL,
  stamp TEXT NOT NULL
);
CREATE INDEX public_change_turn ON public_change (turn);

-- Versions of a body's list of synonyms; the newest counts, and the list of the release where there is none.
CREATE TABLE search_synonyms (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  text TEXT NOT NULL,
  note TEXT NOT NULL,
  made_by TEXT NOT NULL REFERENCES staff (id),
  made_at BIGINT NOT NULL
);
CREATE INDEX search_synonyms_body ON search_synonyms (body, id);

-- Queries that found nothing, three times or more on one day. No trace of who asked, and none that holds personal data.
CREATE TABLE search_unanswered (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  day TEXT NOT NULL,
  query TEXT NOT NULL,
  n BIGINT NOT NULL
);
CREATE INDEX search_unanswered_body ON search_unanswered (body, day, n);
