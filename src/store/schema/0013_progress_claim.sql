-- Shares of completion that were claimed of milestones whose pricing is progress. What is accepted of
-- them stands on the milestone, too, as its acceptance bills the rest.
ALTER TABLE milestone ADD COLUMN claimed_minor INTEGER;
ALTER TABLE milestone ADD COLUMN claimed_ppm INTEGER;

CREATE TABLE progress_claim (
    company         INTEGER NOT NULL,
    id              ID      NOT NULL,
    version         INTEGER NOT NULL,
    engagement_id   ID      NOT NULL,
    contract_id     ID      NOT NULL,
    milestone_id    ID      NOT NULL,
    number          INTEGER NOT NULL,
    percent_ppm     INTEGER NOT NULL,
    before_ppm      INTEGER NOT NULL,
    currency        TEXT    NOT NULL,
    net_minor       INTEGER NOT NULL CHECK (net_minor > 0),
    note            TEXT,
    state           TEXT    NOT NULL,
    claimed_by      ID      NOT NULL,
    claimed_by_name TEXT    NOT NULL,
    claimed_at      INTEGER NOT NULL,
    decided_by      ID,
    decided_by_name TEXT,
    decided_at      INTEGER,
    reason          TEXT,
    invoice_id      ID,
    PRIMARY KEY (company, id),
    CHECK (before_ppm >= 0 AND percent_ppm > before_ppm AND percent_ppm <= 1000000)
);
CREATE UNIQUE INDEX progress_claim_number ON progress_claim (company, milestone_id, number);
CREATE UNIQUE INDEX progress_claim_open ON progress_claim (company, milestone_id)
 WHERE state = 'claimed';
CREATE INDEX progress_claim_engagement ON progress_claim (company, engagement_id);
