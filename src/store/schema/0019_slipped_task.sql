-- The day to which a recorded slip moved a task's end: before it nobody expects it to be done.
ALTER TABLE task ADD COLUMN slipped_due_day INTEGER;
