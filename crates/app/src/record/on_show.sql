-- First and last day of a 公示, as ISO text; empty for what is none.
ALTER TABLE public_page ADD COLUMN shown_from TEXT NOT NULL DEFAULT '';
ALTER TABLE public_page ADD COLUMN shown_until TEXT NOT NULL DEFAULT '';
ALTER TABLE public_listing ADD COLUMN shown_from TEXT NOT NULL DEFAULT '';
ALTER TABLE public_listing ADD COLUMN shown_until TEXT NOT NULL DEFAULT '';
