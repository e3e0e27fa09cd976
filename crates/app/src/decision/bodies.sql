-- A body that was asked for its view of the draft (征求单位意见): facts without words.
CREATE TABLE decision_bodies (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  no BIGINT NOT NULL,
  state TEXT NOT NULL,
  asked TEXT,
  due TEXT,
  view TEXT,
  settled BIGINT
);
CREATE INDEX decision_bodies_matter ON decision_bodies (matter);
