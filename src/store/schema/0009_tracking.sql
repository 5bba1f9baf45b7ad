-- What was worked, what it cost, and what it earned. Clients see none of it, but for what they are told.

CREATE TABLE time_entry (
    company           INTEGER NOT NULL, /* rowid */
    id                ID      NOT NULL,
    version           INTEGER NOT NULL,
    engagement_id     ID      NOT NULL,
    milestone_id      ID      NOT NULL,
    task_id           ID,
    user_id           ID      NOT NULL,
    day               INTEGER NOT NULL,
    minutes           INTEGER NOT NULL CHECK (minutes <> 0),
    role              TEXT,
    note              TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    currency          TEXT    NOT NULL,
    cost_minor        INTEGER,
    reason            TEXT,
    decided_by        ID,
    decided_at        INTEGER,
    reverses_entry_id ID,
    created_at        INTEGER NOT NULL,
    PRIMARY KEY (company, id),
    CHECK (minutes > 0 OR reverses_entry_id IS NOT NULL)
);
CREATE INDEX time_entry_engagement ON time_entry (company, engagement_id);
CREATE INDEX time_entry_user ON time_entry (company, user_id, day);
CREATE UNIQUE INDEX time_entry_reverses ON time_entry (company, reverses_entry_id)
    WHERE reverses_entry_id IS NOT NULL;

-- By the id of the milestone that it is for.
CREATE TABLE earning_choice (
    company       INTEGER NOT NULL,
    id            ID      NOT NULL,
    version       INTEGER NOT NULL,
    engagement_id ID      NOT NULL,
    rule          TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX earning_choice_engagement ON earning_choice (company, engagement_id);

-- One of each day, as it was known when that was over.
CREATE TABLE value_snapshot (
    company       INTEGER NOT NULL, /* rowid */
    id            ID      NOT NULL,
    engagement_id ID      NOT NULL,
    day           INTEGER NOT NULL,
    basis         TEXT    NOT NULL,
    currency      TEXT    NOT NULL,
    milestones    TEXT    NOT NULL,
    taken_at      INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX value_snapshot_day ON value_snapshot (company, engagement_id, day);

-- ---- what the client is told ------------------------------------------------------------------

CREATE TABLE status_report (
    company       INTEGER NOT NULL, /* rowid */
    id            ID      NOT NULL,
    engagement_id ID      NOT NULL,
    number        INTEGER NOT NULL CHECK (number > 0),
    day           INTEGER NOT NULL,
    subject       TEXT    NOT NULL,
    text          TEXT    NOT NULL,
    note          TEXT,
    recipients    INTEGER NOT NULL,
    sent_by       ID,
    sent_at       INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX status_report_number ON status_report (company, engagement_id, number);

-- By the id of the engagement.
CREATE TABLE report_rhythm (
    company       INTEGER NOT NULL,
    id            ID      NOT NULL,
    version       INTEGER NOT NULL,
    engagement_id ID      NOT NULL,
    rhythm        TEXT    NOT NULL,
    first_day     INTEGER NOT NULL,
    is_stopped    INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX report_rhythm_engagement ON report_rhythm (company, engagement_id);
