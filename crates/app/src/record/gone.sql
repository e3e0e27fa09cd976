-- What was public and was taken down for an ordinary reason is still known by its digest: who holds a copy learns that
-- it is withdrawn. A protective reason leaves no digest.
CREATE TABLE public_gone_digest (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  page TEXT NOT NULL,
  path TEXT NOT NULL,
  digest TEXT NOT NULL
);
CREATE INDEX public_gone_digest_page ON public_gone_digest (page);
CREATE INDEX public_gone_digest_digest ON public_gone_digest (digest);
