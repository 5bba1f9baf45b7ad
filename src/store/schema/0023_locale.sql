-- In which language papers and mails are written: the agency's, and where a client wants another.
ALTER TABLE company ADD COLUMN locale TEXT;
ALTER TABLE client ADD COLUMN locale TEXT;
