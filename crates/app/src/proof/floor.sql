-- A file that somebody holds is found by its digest.
CREATE INDEX public_version_hash ON public_version (hash);
CREATE INDEX public_file_sha256 ON public_file (sha256);
