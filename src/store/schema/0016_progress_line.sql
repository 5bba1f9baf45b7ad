-- An invoice that collects a month has a line for each progress claim: the line names it. Lines from before name none; then
-- their invoice is the claim's alone.
ALTER TABLE invoice_line ADD COLUMN progress_claim_id ID;

CREATE INDEX progress_claim_unbilled ON progress_claim (company, contract_id)
 WHERE state = 'accepted' AND invoice_id IS NULL;
