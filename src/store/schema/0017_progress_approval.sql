-- Who has approved a progress claim, where the contract wants several.
CREATE TABLE progress_approval (
    company           INTEGER NOT NULL, /* rowid */
    id                ID      NOT NULL,
    engagement_id     ID      NOT NULL,
    milestone_id      ID      NOT NULL,
    progress_claim_id ID      NOT NULL,
    sequence          INTEGER NOT NULL,
    approved_by       ID      NOT NULL,
    approved_by_name  TEXT    NOT NULL,
    approved_by_role  TEXT,
    method            TEXT    NOT NULL,
    approved_at       INTEGER NOT NULL,
    note              TEXT,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX progress_approval_sequence
    ON progress_approval (company, progress_claim_id, sequence);
CREATE UNIQUE INDEX progress_approval_person
    ON progress_approval (company, progress_claim_id, approved_by);
CREATE INDEX progress_approval_engagement ON progress_approval (company, engagement_id);
