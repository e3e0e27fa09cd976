-- Public bodies, their sections and staff. `profile` is what the body's pages show, as JSON.
CREATE TABLE body (
  id TEXT PRIMARY KEY,
  org TEXT NOT NULL UNIQUE,
  host TEXT NOT NULL,
  name TEXT NOT NULL,
  profile TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE TABLE section (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (body, code)
);
-- `totp` is the sealed secret of the second factor, empty without one; `totp_step` the last step that was used, so
-- that a code counts once (RFC 6238, 5.2). `failures` in a row lock the account until `locked_until`.
CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  section TEXT NOT NULL REFERENCES section (id),
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  totp TEXT NOT NULL,
  totp_step BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  locked_until BIGINT NOT NULL,
  disabled_at BIGINT,
  version BIGINT NOT NULL
);
CREATE TABLE duty (
  id TEXT PRIMARY KEY,
  staff TEXT NOT NULL REFERENCES staff (id),
  duty TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX duty_staff ON duty (staff);
-- The key is the SHA-256 of the cookie: who reads this table cannot use it. `scope` is empty for a session of a person
-- and names what a bearer token may do.
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  staff TEXT NOT NULL REFERENCES staff (id),
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);
CREATE INDEX session_staff ON session (staff);
