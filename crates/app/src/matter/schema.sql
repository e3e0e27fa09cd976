-- A matter: facts in clear, the body (what staff wrote of it, and every typed field) as one canonical JSON under a key of
-- its own. `holder` is the submission that began it, whose tracking code opens it. `clocks` is JSON of days and of what
-- happened to each clock, without words; what they are worth is computed. `erased_at`: the body is gone.
CREATE TABLE matter (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  holder TEXT NOT NULL,
  state TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  closed_at BIGINT,
  sealed_text TEXT NOT NULL,
  sealed_key TEXT NOT NULL,
  clocks TEXT NOT NULL,
  erased_at BIGINT,
  version BIGINT NOT NULL,
  UNIQUE (body, kind, number)
);
CREATE INDEX matter_open ON matter (body, kind, closed_at, id);
CREATE INDEX matter_holder ON matter (holder);

-- A step of a matter: the move, the row of a part it was made on, where it led, by whom (the id of staff, `holder`,
-- `clock`). `token` is that of the sending, so that a repeated one finds its step.
CREATE TABLE matter_event (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  token TEXT NOT NULL,
  name TEXT NOT NULL,
  part_row BIGINT,
  state TEXT NOT NULL,
  who TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (matter, token)
);
