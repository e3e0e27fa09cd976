-- What the desk finds cases by.
CREATE INDEX matter_state ON matter (body, kind, state, id);
CREATE INDEX matter_opened ON matter (body, kind, opened_at);
CREATE INDEX matter_held ON matter_hand (section, ended_at, matter);
