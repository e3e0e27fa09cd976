-- The form by which a case began: `id` is its sending, so that the same form sent twice, however near, is one case.
CREATE TABLE decision_begun (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matter (id),
  at BIGINT NOT NULL
);
