-- A breach of an inspection indicator: noted once when it begins, ended when the indicator is sound again.
CREATE TABLE breach (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  indicator TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX breach_body ON breach (body, indicator, ended_at);
-- 催办: somebody reminded the section that owes an entry of the catalogue.
CREATE TABLE reminder (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  code TEXT NOT NULL,
  by_staff TEXT NOT NULL REFERENCES staff (id),
  at BIGINT NOT NULL
);
CREATE INDEX reminder_body ON reminder (body, code, at);
