-- The law in the console. A row of `rule_version` is the whole text of one file laid over the law of the release, under
-- its path in `law/` (`calendar/2027.toml`, `clauses/OGI-REPLY.toml`, `obligations.toml`). `source` says where the notice
-- stands, `note` why the law changes; `state` is proposed, in-force, returned or replaced; `opinion` is the decider's.
-- The law belongs to the installation, not to one body.
CREATE TABLE rule_version (
  id TEXT PRIMARY KEY,
  file TEXT NOT NULL,
  text TEXT NOT NULL,
  source TEXT NOT NULL,
  note TEXT NOT NULL,
  made_by TEXT NOT NULL REFERENCES staff (id),
  made_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  decided_by TEXT REFERENCES staff (id),
  decided_at BIGINT,
  opinion TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX rule_version_file ON rule_version (file, state, id);
CREATE INDEX rule_version_state ON rule_version (state, id);

-- A clock that runs, or has run, about a thing (`obligation:OB-A20-01/2026`). What the law says of it is computed and
-- kept beside it: `due` the last day (ISO; empty while it stands still and where the law gives no number), `before` the
-- first moment too late, `firm` 0 while provisional, `latest` the latest day it can move to, `law` the hash of the law it
-- was computed by, `cause` why it last moved. `facts` is the JSON of what happened to it. A closed clock is not touched.
CREATE TABLE clock (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (id),
  about TEXT NOT NULL,
  clause TEXT NOT NULL,
  event BIGINT NOT NULL,
  facts TEXT NOT NULL,
  due TEXT NOT NULL,
  before BIGINT,
  firm BIGINT NOT NULL,
  latest TEXT NOT NULL,
  law TEXT NOT NULL,
  cause TEXT NOT NULL,
  closed_at BIGINT,
  version BIGINT NOT NULL,
  UNIQUE (body, about, clause)
);
CREATE INDEX clock_due ON clock (body, closed_at, due, id);

-- A due day that moved when the law changed: the old day, the new one, and the cause.
CREATE TABLE clock_change (
  id TEXT PRIMARY KEY,
  clock TEXT NOT NULL REFERENCES clock (id),
  at BIGINT NOT NULL,
  old TEXT NOT NULL,
  new TEXT NOT NULL,
  cause TEXT NOT NULL,
  law TEXT NOT NULL
);
CREATE INDEX clock_change_clock ON clock_change (clock, id);
