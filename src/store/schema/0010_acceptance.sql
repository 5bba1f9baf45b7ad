-- What was found not to meet its criterion, and what became of it.
CREATE TABLE defect (
    company           INTEGER NOT NULL, /* rowid */
    id                ID      NOT NULL,
    version           INTEGER NOT NULL,
    engagement_id     ID      NOT NULL,
    milestone_id      ID      NOT NULL,
    submission_id     ID      NOT NULL,
    certificate_id    ID,
    criterion         TEXT    NOT NULL,
    severity          TEXT    NOT NULL,
    text              TEXT    NOT NULL,
    correct_by_day    INTEGER,
    state             TEXT    NOT NULL,
    times_found       INTEGER NOT NULL CHECK (times_found >= 1),
    found_by          ID      NOT NULL,
    found_by_name     TEXT    NOT NULL,
    found_at          INTEGER NOT NULL,
    corrected_by      ID,
    corrected_by_name TEXT,
    corrected_at      INTEGER,
    correction        TEXT,
    answered_by       ID,
    answered_by_name  TEXT,
    answered_at       INTEGER,
    answer            TEXT,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX defect_unsettled ON defect (company, milestone_id, criterion)
 WHERE state IN ('open', 'corrected');
CREATE INDEX defect_engagement ON defect (company, engagement_id);

-- ---- acceptance in part ------------------------------------------------------------------------

ALTER TABLE milestone ADD COLUMN carried_criteria TEXT;

-- ---- less for what cannot be corrected ---------------------------------------------------------

-- What is agreed stands on the milestone, too, as it lowers what is billed.
ALTER TABLE milestone ADD COLUMN reduction_minor INTEGER;
ALTER TABLE milestone ADD COLUMN reduction_reason TEXT;

CREATE TABLE price_reduction (
    company          INTEGER NOT NULL,
    id               ID      NOT NULL,
    version          INTEGER NOT NULL,
    engagement_id    ID      NOT NULL,
    milestone_id     ID      NOT NULL,
    amount_minor     INTEGER NOT NULL CHECK (amount_minor > 0),
    currency         TEXT    NOT NULL,
    reason           TEXT    NOT NULL,
    criterion        TEXT,
    state            TEXT    NOT NULL,
    proposed_by      ID      NOT NULL,
    proposed_by_name TEXT    NOT NULL,
    proposed_at      INTEGER NOT NULL,
    decided_by       ID,
    decided_by_name  TEXT,
    decided_at       INTEGER,
    answer           TEXT,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX price_reduction_standing ON price_reduction (company, milestone_id, state)
 WHERE state IN ('proposed', 'agreed');
CREATE INDEX price_reduction_engagement ON price_reduction (company, engagement_id);

-- ---- several approvers -------------------------------------------------------------------------

CREATE TABLE approval (
    company          INTEGER NOT NULL, /* rowid */
    id               ID      NOT NULL,
    engagement_id    ID      NOT NULL,
    milestone_id     ID      NOT NULL,
    submission_id    ID      NOT NULL,
    sequence         INTEGER NOT NULL,
    approved_by      ID      NOT NULL,
    approved_by_name TEXT    NOT NULL,
    approved_by_role TEXT,
    method           TEXT    NOT NULL,
    approved_at      INTEGER NOT NULL,
    reservations     TEXT,
    decisions        TEXT    NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX approval_sequence ON approval (company, submission_id, sequence);
CREATE UNIQUE INDEX approval_person ON approval (company, submission_id, approved_by);
CREATE INDEX approval_engagement ON approval (company, engagement_id);

-- ---- disputes: while one is open nothing is decided, and the clock stands still ----------------

ALTER TABLE submission ADD COLUMN disputed_at INTEGER;
ALTER TABLE submission ADD COLUMN clock_days INTEGER;

CREATE TABLE dispute (
    company        INTEGER NOT NULL, /* rowid */
    id             ID      NOT NULL,
    version        INTEGER NOT NULL,
    engagement_id  ID      NOT NULL,
    milestone_id   ID      NOT NULL,
    submission_id  ID      NOT NULL,
    side           TEXT    NOT NULL,
    opened_by      ID      NOT NULL,
    opened_by_name TEXT    NOT NULL,
    opened_at      INTEGER NOT NULL,
    reason         TEXT    NOT NULL,
    days_left      INTEGER NOT NULL,
    state          TEXT    NOT NULL,
    agency_note    TEXT,
    agency_name    TEXT,
    agency_at      INTEGER,
    client_note    TEXT,
    client_name    TEXT,
    client_at      INTEGER,
    ended_at       INTEGER,
    note           TEXT,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX dispute_open ON dispute (company, submission_id) WHERE state = 'open';
CREATE INDEX dispute_engagement ON dispute (company, engagement_id);
