-- What the page leads to: the records that it names and those that name it, as JSON; brought up to date by the acts that
-- publish or take down either side.
ALTER TABLE public_page ADD COLUMN related TEXT NOT NULL DEFAULT '';
