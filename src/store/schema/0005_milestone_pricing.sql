-- How a milestone is priced. Those that were there before have a fixed price.
ALTER TABLE milestone ADD COLUMN pricing TEXT;
