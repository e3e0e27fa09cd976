-- The public log as far as the database knows it, in one row: its name and public keys (one a line), how many
-- statements have a position and the root over them (hexadecimal), who may give positions until when and for the
-- how-manieth time (`term`), and why nothing is signed (`doubt`, a word; empty where all is well).
CREATE TABLE ledger (
  id TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  keys TEXT NOT NULL,
  size BIGINT NOT NULL,
  root TEXT NOT NULL,
  holder TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  term BIGINT NOT NULL,
  doubt TEXT NOT NULL
);
-- What waits for a position is found without looking at what has one.
CREATE INDEX statement_waiting ON statement (id) WHERE position IS NULL;
