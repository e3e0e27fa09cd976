-- 1 where it is about a 公示 and came while that ran.
ALTER TABLE submission ADD COLUMN objection BIGINT NOT NULL DEFAULT 0;
-- For the page of that 公示: that something came, and when it was answered. Derived; `rebuild public` derives it again.
CREATE TABLE public_submission (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  path TEXT NOT NULL,
  at BIGINT NOT NULL,
  answered_at BIGINT
);
CREATE INDEX public_submission_path ON public_submission (path);
