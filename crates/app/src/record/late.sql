-- The served original: a final file (stamped, e-sealed, or a scan of it) that was uploaded after review. `id` is the
-- revision it was compared with. `state`: same (only late fields differ), differs (`differences` says where; it is not
-- served), unread (no machine can read it: two persons compare it, `first_tick` and `second_tick`).
CREATE TABLE original (
  id TEXT PRIMARY KEY REFERENCES revision (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  blob TEXT NOT NULL REFERENCES blob (hash),
  state TEXT NOT NULL,
  differences TEXT NOT NULL,
  put_by TEXT NOT NULL REFERENCES staff (id),
  at BIGINT NOT NULL,
  first_tick TEXT NOT NULL,
  second_tick TEXT NOT NULL,
  version BIGINT NOT NULL
);
-- The digest of the original that is served, among the late fields: the ledger's statement covers it.
ALTER TABLE late ADD COLUMN original TEXT;
ALTER TABLE public_page ADD COLUMN original TEXT;
