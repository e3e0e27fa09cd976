-- Registers of document numbers (发文字号), for an office that has no other system. `first` is the serial with which the
-- year `first_year` begins here, because a register may be taken over in mid-year.
CREATE TABLE register (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  word TEXT NOT NULL,
  purpose TEXT NOT NULL,
  first_year BIGINT NOT NULL,
  first BIGINT NOT NULL,
  made_by TEXT NOT NULL REFERENCES staff (id),
  made_at BIGINT NOT NULL,
  UNIQUE (body, word)
);
-- A number that was given, for ever: one that is cancelled stays, with its reason (`void_at`). `about` says for what.
CREATE TABLE document_number (
  id TEXT PRIMARY KEY,
  register TEXT NOT NULL REFERENCES register (id),
  year BIGINT NOT NULL,
  serial BIGINT NOT NULL,
  text TEXT NOT NULL,
  about TEXT NOT NULL,
  record TEXT REFERENCES record (id),
  taken_by TEXT NOT NULL REFERENCES staff (id),
  at BIGINT NOT NULL,
  void_at BIGINT,
  void_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (register, year, serial)
);
CREATE INDEX document_number_record ON document_number (record);
