-- The annual report of a body for a year. `figures` (JSON): numbers that no record holds, entered by staff. `tables`
-- (JSON, or empty): for a past year as staff entered them (`entered_by`) and another person locked them (`locked_by`);
-- else as they were when the record was drafted (`record`). The next year ties to them.
CREATE TABLE report_annual (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  year BIGINT NOT NULL,
  figures TEXT NOT NULL,
  tables TEXT NOT NULL,
  entered_by TEXT,
  locked_by TEXT,
  record TEXT REFERENCES record (id),
  version BIGINT NOT NULL,
  UNIQUE (body, year)
);
