-- What statistics count of 重大行政决策: a row for each case, written with every step from the table of the kind, which a
-- test holds against these columns.
CREATE TABLE decision_row (
  matter TEXT PRIMARY KEY REFERENCES matter (id),
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  year BIGINT,
  major BIGINT,
  exception TEXT,
  experts_least BIGINT,
  until TEXT,
  controllable BIGINT,
  market BIGINT,
  fair BIGINT,
  round BIGINT,
  legal TEXT,
  only_those BIGINT,
  discussed TEXT,
  meeting TEXT,
  outcome TEXT,
  reported TEXT
);
CREATE INDEX decision_row_year ON decision_row (body, year);

CREATE TABLE decision_points (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  no BIGINT NOT NULL,
  state TEXT NOT NULL,
  answer TEXT
);
CREATE INDEX decision_points_matter ON decision_points (matter);

CREATE TABLE decision_experts (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  no BIGINT NOT NULL,
  state TEXT NOT NULL,
  interested BIGINT,
  signed TEXT
);
CREATE INDEX decision_experts_matter ON decision_experts (matter);

CREATE TABLE decision_remarks (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  no BIGINT NOT NULL,
  state TEXT NOT NULL,
  expert BIGINT,
  heading TEXT,
  answer TEXT
);
CREATE INDEX decision_remarks_matter ON decision_remarks (matter);

CREATE TABLE decision_risks (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  no BIGINT NOT NULL,
  state TEXT NOT NULL,
  dimension TEXT,
  level TEXT
);
CREATE INDEX decision_risks_matter ON decision_risks (matter);

CREATE TABLE decision_conditions (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  no BIGINT NOT NULL,
  state TEXT NOT NULL,
  round BIGINT
);
CREATE INDEX decision_conditions_matter ON decision_conditions (matter);

-- A comment that was put under a point (意见要点): `id` is the submission's.
CREATE TABLE decision_sorted (
  id TEXT PRIMARY KEY REFERENCES submission (id),
  matter TEXT NOT NULL REFERENCES matter (id),
  point BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX decision_sorted_matter ON decision_sorted (matter);
