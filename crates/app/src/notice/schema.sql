-- How a body sends: one JSON with its passwords, sealed.
CREATE TABLE notice_setting (
  id TEXT PRIMARY KEY REFERENCES body (id),
  sealed_text TEXT NOT NULL,
  sealed_key TEXT NOT NULL,
  version BIGINT NOT NULL
);
-- A notice on its way, or that went. No address and no text: the address is opened in `about` (`submission:…`,
-- `staff:…`) when it is sent, the text is made from `cause` and `number`. `address_key` is a keyed hash, for the number
-- of notices that one address gets in a day. Rows go some weeks after their end.
CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  about TEXT NOT NULL,
  cause TEXT NOT NULL,
  number TEXT NOT NULL,
  due TEXT NOT NULL,
  way TEXT NOT NULL,
  address_key TEXT NOT NULL,
  state TEXT NOT NULL,
  tries BIGINT NOT NULL,
  fault TEXT NOT NULL,
  code TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX notice_state ON notice (body, state, at, id);
CREATE INDEX notice_address ON notice (address_key, made_at);
-- Where a member of staff wants to hear of terms; sealed.
CREATE TABLE notice_staff (
  id TEXT PRIMARY KEY REFERENCES staff (id),
  sealed_text TEXT NOT NULL,
  sealed_key TEXT NOT NULL,
  at BIGINT NOT NULL
);
