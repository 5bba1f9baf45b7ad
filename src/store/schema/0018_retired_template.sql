-- Since when no proposal begins with a template. The evidence names its row, so it stays.
ALTER TABLE milestone_template ADD COLUMN retired_at INTEGER;
