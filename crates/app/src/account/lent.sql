-- 代办: a duty of `holder` that `deputy` may use too, from `from_at` until `until` (half open, milliseconds).
-- The holder's own word confirms it; what an administrator enters waits for somebody else. It begins and ends by the clock.
CREATE TABLE lent (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  duty TEXT NOT NULL,
  holder TEXT NOT NULL REFERENCES staff (id),
  deputy TEXT NOT NULL REFERENCES staff (id),
  from_at BIGINT NOT NULL,
  until BIGINT NOT NULL,
  made_by TEXT NOT NULL REFERENCES staff (id),
  made_at BIGINT NOT NULL,
  confirmed_by TEXT,
  confirmed_at BIGINT,
  ended_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX lent_deputy ON lent (deputy, until);
CREATE INDEX lent_body ON lent (body, until);
-- 交接: who answers for what somebody who left has written. The key is who left.
CREATE TABLE heir (
  id TEXT PRIMARY KEY REFERENCES staff (id),
  heir TEXT NOT NULL REFERENCES staff (id),
  made_by TEXT NOT NULL REFERENCES staff (id),
  at BIGINT NOT NULL
);
-- When the person at this session proved last who they are; null since signing in.
ALTER TABLE session ADD COLUMN proved_at BIGINT;
