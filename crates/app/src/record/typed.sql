-- Fields of a kind that are for staff only, as JSON. They stand beside the revision, outside its digest, which is public:
-- nobody can try out values against it.
CREATE TABLE internal (id TEXT PRIMARY KEY REFERENCES revision (id), data TEXT NOT NULL);
-- The typed fields that anyone may see, as JSON. `ending` is what became of a document (repealed, lapsed, amended) and
-- `ended` the day from which that holds, as the public records that say so have it.
ALTER TABLE public_page ADD COLUMN data TEXT NOT NULL DEFAULT '';
ALTER TABLE public_page ADD COLUMN ending TEXT NOT NULL DEFAULT '';
ALTER TABLE public_page ADD COLUMN ended TEXT NOT NULL DEFAULT '';
ALTER TABLE public_listing ADD COLUMN data TEXT NOT NULL DEFAULT '';
ALTER TABLE public_listing ADD COLUMN ending TEXT NOT NULL DEFAULT '';
ALTER TABLE public_listing ADD COLUMN ended TEXT NOT NULL DEFAULT '';
CREATE INDEX public_page_number ON public_page (body, number);
-- One row for each record that a public record names: `target` is an index number or a document number, `relation` the
-- field that names it, `outcome` what became of it, `since` the day from which that holds.
CREATE TABLE public_reference (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  target TEXT NOT NULL,
  relation TEXT NOT NULL,
  outcome TEXT NOT NULL,
  since TEXT NOT NULL,
  page TEXT NOT NULL,
  path TEXT NOT NULL,
  title TEXT NOT NULL
);
CREATE INDEX public_reference_target ON public_reference (body, target);
CREATE INDEX public_reference_page ON public_reference (page);
