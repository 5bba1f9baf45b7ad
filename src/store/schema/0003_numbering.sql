-- How the company numbers its documents: what it has chosen for each series, as JSON. Without a
-- choice the series are numbered as ever, so a company that was there before has none.
ALTER TABLE company ADD COLUMN numbering TEXT;
