-- When the information came into being or changed (政府信息公开条例 article 26): what is owed by when is reckoned from the
-- floor. Null where it is not stated, and in rows of before, until `rebuild public` derives them again.
ALTER TABLE public_listing ADD COLUMN formed TEXT;
