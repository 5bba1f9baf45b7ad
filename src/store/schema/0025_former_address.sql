-- Mails that went to an address before are erased with the person, too.
ALTER TABLE contact ADD COLUMN former_emails TEXT;
