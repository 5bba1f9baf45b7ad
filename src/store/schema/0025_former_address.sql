-- Mails that went to a person's earlier addresses are erased with the person, too.
ALTER TABLE contact ADD COLUMN former_addresses TEXT;
