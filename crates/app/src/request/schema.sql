-- What statistics count of 依申请公开: a row for each case, written with every step from the table of the kind, which a
-- test holds against these columns. `counted_on` is the day of receipt, or of coming while nobody has confirmed.
CREATE TABLE request_row (
  matter TEXT PRIMARY KEY REFERENCES matter (id),
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  class TEXT,
  channel TEXT,
  submitted TEXT,
  signed TEXT,
  confirmed TEXT,
  received TEXT,
  correct_by TEXT,
  corrected TEXT,
  extend_told TEXT,
  tariff TEXT,
  units BIGINT,
  fee BIGINT,
  fee_noticed TEXT,
  paid TEXT,
  outcome TEXT,
  ground TEXT,
  served TEXT,
  service TEXT,
  counted_on TEXT,
  closed_on TEXT,
  on_time BIGINT
);
CREATE INDEX request_row_counted ON request_row (body, counted_on, closed_on);

CREATE TABLE request_thirds (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  no BIGINT NOT NULL,
  state TEXT NOT NULL,
  delivered TEXT,
  stance TEXT
);
CREATE INDEX request_thirds_matter ON request_thirds (matter);

CREATE TABLE request_organs (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  no BIGINT NOT NULL,
  state TEXT NOT NULL,
  delivered TEXT,
  stance TEXT
);
CREATE INDEX request_organs_matter ON request_organs (matter);

CREATE TABLE request_disputes (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  no BIGINT NOT NULL,
  state TEXT NOT NULL,
  way TEXT,
  filed TEXT,
  ruling TEXT,
  decided TEXT
);
CREATE INDEX request_disputes_matter ON request_disputes (matter);
