-- What people did with a finding of the scanner: `how` is accepted (the suggestion was taken), replaced (other words were
-- put in its place) or kept. Only the rule's id stands here: no record, no person, no words. `at` is in epoch
-- milliseconds.
CREATE TABLE disposal (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  rule TEXT NOT NULL,
  how TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX disposal_at ON disposal (body, at);
