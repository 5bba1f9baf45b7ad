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
