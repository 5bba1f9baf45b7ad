-- What the agency expects work to take and cost. Clients see none of it.

CREATE TABLE rate_card (
    company    INTEGER NOT NULL, /* rowid */
    id         ID      NOT NULL,
    version    INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    currency   TEXT    NOT NULL,
    rates      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);

CREATE TABLE estimate (
    company         INTEGER NOT NULL, /* rowid */
    id              ID      NOT NULL,
    version         INTEGER NOT NULL,
    engagement_id   ID      NOT NULL,
    proposal_id     ID      NOT NULL,
    rate_card_id    ID      NOT NULL,
    currency        TEXT    NOT NULL,
    day_minutes     INTEGER NOT NULL CHECK (day_minutes > 0),
    contingency_ppm INTEGER NOT NULL CHECK (contingency_ppm >= 0),
    milestones      TEXT    NOT NULL,
    rates           TEXT    NOT NULL,
    frozen_at       INTEGER,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX estimate_proposal ON estimate (company, proposal_id);
CREATE INDEX estimate_engagement ON estimate (company, engagement_id);

-- ---- the agency's plan of work: its days slip, signed days are elsewhere -----------------------

CREATE TABLE task (
    company           INTEGER NOT NULL, /* rowid */
    id                ID      NOT NULL,
    version           INTEGER NOT NULL,
    engagement_id     ID      NOT NULL,
    milestone_id      ID      NOT NULL,
    code              TEXT    NOT NULL,
    title             TEXT    NOT NULL,
    description       TEXT,
    owner_id          ID,
    estimate_minutes  INTEGER NOT NULL CHECK (estimate_minutes >= 0),
    planned_start_day INTEGER,
    planned_due_day   INTEGER,
    state             TEXT    NOT NULL,
    started_day       INTEGER,
    done_day          INTEGER,
    created_at        INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX task_code ON task (company, engagement_id, code);

CREATE TABLE task_dependency (
    company            INTEGER NOT NULL,
    id                 ID      NOT NULL,
    version            INTEGER NOT NULL,
    engagement_id      ID      NOT NULL,
    task_id            ID      NOT NULL,
    after_task_id      ID,
    after_milestone_id ID,
    lag_days           INTEGER NOT NULL,
    is_removed         INTEGER NOT NULL,
    created_at         INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX task_dependency_engagement ON task_dependency (company, engagement_id);

CREATE TABLE task_slip (
    company       INTEGER NOT NULL, /* rowid */
    id            ID      NOT NULL,
    engagement_id ID      NOT NULL,
    task_id       ID      NOT NULL,
    reason        TEXT    NOT NULL,
    moves         TEXT    NOT NULL,
    recorded_by   ID      NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX task_slip_engagement ON task_slip (company, engagement_id);
