-- The words of public files, page by page: derived from the files of the floor, and no part of a backup.
CREATE TABLE public_file_text (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  page TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  n BIGINT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX public_file_text_page ON public_file_text (page, sha256);
