-- By when the side that is asked answers a dispute, and when somebody was last told of that day.
ALTER TABLE dispute ADD COLUMN answer_by_day INTEGER;
ALTER TABLE dispute ADD COLUMN told_day INTEGER;
