-- When a contact was last sent an invitation: somebody who waits for one looks no different from somebody who is in.
ALTER TABLE contact ADD COLUMN invited_at INTEGER;
