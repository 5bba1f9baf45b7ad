-- Objections to deemed acceptances: disputes of another kind, while which the invoice rests.
ALTER TABLE submission ADD COLUMN objection_until_at INTEGER;

ALTER TABLE dispute ADD COLUMN kind TEXT;
ALTER TABLE dispute ADD COLUMN currency TEXT;
ALTER TABLE dispute ADD COLUMN credit_minor INTEGER;
ALTER TABLE dispute ADD COLUMN credit_note_id ID;
CREATE INDEX dispute_open_objection ON dispute (company, engagement_id, milestone_id)
 WHERE state = 'open' AND kind = 'objection';

ALTER TABLE invoice ADD COLUMN disputed_at INTEGER;
