-- An office system that hands papers over, and the account whose bearer tokens speak for it.
CREATE TABLE office_source (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  staff TEXT NOT NULL REFERENCES staff (id),
  made_at BIGINT NOT NULL,
  ended_at BIGINT,
  UNIQUE (body, code)
);
-- Who a user (`code`) of a system is here. The administrator says so; `agreed_at` is the person's own standing consent
-- that a review made there counts as theirs, which only they can give and take back, and which lasts a year.
CREATE TABLE office_user (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL REFERENCES office_source (id),
  code TEXT NOT NULL,
  staff TEXT NOT NULL REFERENCES staff (id),
  made_at BIGINT NOT NULL,
  agreed_at BIGINT,
  ended_at BIGINT
);
CREATE INDEX office_user_source ON office_user (source, code);
CREATE INDEX office_user_staff ON office_user (staff);
-- A paper of a system, by its number there; the id is their digest, so that no paper is here twice. `arrival` is the text
-- that the record follows.
CREATE TABLE handover (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  source TEXT NOT NULL REFERENCES office_source (id),
  number TEXT NOT NULL,
  record TEXT NOT NULL REFERENCES record (id),
  arrival TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX handover_body ON handover (body, received_at);
CREATE INDEX handover_record ON handover (record);
-- Each different text that came under one number, as it came. `at` is when we received it, `ended_at` when it ended over
-- there; `revision` what it became here when it was submitted unchanged.
CREATE TABLE arrival (
  id TEXT PRIMARY KEY,
  handover TEXT NOT NULL REFERENCES handover (id),
  at BIGINT NOT NULL,
  hash TEXT NOT NULL,
  author TEXT NOT NULL REFERENCES staff (id),
  author_code TEXT NOT NULL,
  fields TEXT NOT NULL,
  text TEXT NOT NULL,
  ended_at BIGINT,
  standing TEXT NOT NULL,
  revision TEXT,
  reason TEXT NOT NULL,
  decided_by TEXT,
  UNIQUE (handover, hash)
);
CREATE TABLE arrival_file (
  id TEXT PRIMARY KEY,
  arrival TEXT NOT NULL REFERENCES arrival (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  blob TEXT NOT NULL REFERENCES blob (hash)
);
CREATE INDEX arrival_file_arrival ON arrival_file (arrival);
-- What the system says of a review over there: evidence. `counted_at` says when it became a review of `staff` here.
CREATE TABLE stated_review (
  id TEXT PRIMARY KEY,
  arrival TEXT NOT NULL REFERENCES arrival (id),
  step TEXT NOT NULL,
  code TEXT NOT NULL,
  at BIGINT NOT NULL,
  hash TEXT NOT NULL,
  verdict TEXT NOT NULL,
  answers TEXT NOT NULL,
  staff TEXT,
  counted_at BIGINT
);
CREATE INDEX stated_review_arrival ON stated_review (arrival);
CREATE INDEX stated_review_staff ON stated_review (staff, counted_at);
