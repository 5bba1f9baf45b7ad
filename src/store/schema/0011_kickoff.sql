-- ---- what the client must supply; late, it moves planned days and never signed ones ------------

ALTER TABLE milestone ADD COLUMN planned_due_day INTEGER;

CREATE TABLE obligation (
    company        INTEGER NOT NULL, /* rowid */
    id             ID      NOT NULL,
    version        INTEGER NOT NULL,
    engagement_id  ID      NOT NULL,
    code           TEXT    NOT NULL,
    text           TEXT    NOT NULL,
    due_day        INTEGER NOT NULL,
    contact_id     ID,
    milestones     TEXT    NOT NULL,
    tasks          TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    days_late      INTEGER NOT NULL CHECK (days_late >= 0),
    counted_day    INTEGER,
    reminded_day   INTEGER,
    closed_day     INTEGER,
    closed_at      INTEGER,
    closed_by_kind TEXT,
    closed_by      ID,
    closed_by_name TEXT,
    note           TEXT,
    created_at     INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX obligation_code ON obligation (company, engagement_id, code);

CREATE TABLE obligation_slip (
    company       INTEGER NOT NULL, /* rowid */
    id            ID      NOT NULL,
    engagement_id ID      NOT NULL,
    obligation_id ID      NOT NULL,
    late_day      INTEGER NOT NULL,
    days          INTEGER NOT NULL CHECK (days > 0),
    reason        TEXT    NOT NULL,
    milestones    TEXT    NOT NULL,
    tasks         TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX obligation_slip_day ON obligation_slip (company, obligation_id, late_day);
CREATE INDEX obligation_slip_engagement ON obligation_slip (company, engagement_id);

-- ---- the plan's days as they were ---------------------------------------------------------------

CREATE TABLE baseline (
    company       INTEGER NOT NULL, /* rowid */
    id            ID      NOT NULL,
    engagement_id ID      NOT NULL,
    name          TEXT    NOT NULL,
    note          TEXT,
    taken_day     INTEGER NOT NULL,
    rows          TEXT    NOT NULL,
    taken_by      ID      NOT NULL,
    taken_by_name TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX baseline_name ON baseline (company, engagement_id, name);

-- ---- who has which part, and when the two sides talk --------------------------------------------

CREATE TABLE team_member (
    company       INTEGER NOT NULL, /* rowid */
    id            ID      NOT NULL,
    version       INTEGER NOT NULL,
    engagement_id ID      NOT NULL,
    side          TEXT    NOT NULL,
    user_id       ID,
    contact_id    ID,
    user_name     TEXT,
    part          TEXT    NOT NULL,
    part_name     TEXT,
    from_day      INTEGER NOT NULL,
    until_day     INTEGER,
    note          TEXT,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX team_member_engagement ON team_member (company, engagement_id);

CREATE TABLE communication (
    company       INTEGER NOT NULL, /* rowid */
    id            ID      NOT NULL,
    version       INTEGER NOT NULL,
    engagement_id ID      NOT NULL,
    title         TEXT    NOT NULL,
    channel       TEXT    NOT NULL,
    audience      TEXT    NOT NULL,
    rhythm        TEXT    NOT NULL,
    weekday       TEXT,
    month_day     INTEGER NOT NULL CHECK (month_day BETWEEN 0 AND 31),
    last_of_month INTEGER NOT NULL,
    from_day      INTEGER NOT NULL,
    until_day     INTEGER,
    note          TEXT,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX communication_engagement ON communication (company, engagement_id);

-- ---- records of meetings: each version is a row that never changes ------------------------------

CREATE TABLE meeting (
    company          INTEGER NOT NULL, /* rowid */
    id               ID      NOT NULL,
    engagement_id    ID      NOT NULL,
    first_id         ID      NOT NULL,
    revision         INTEGER NOT NULL CHECK (revision > 0),
    title            TEXT    NOT NULL,
    day              INTEGER NOT NULL,
    participants     TEXT    NOT NULL,
    notes            TEXT,
    decisions        TEXT    NOT NULL,
    actions          TEXT    NOT NULL,
    is_shared        INTEGER NOT NULL,
    recorded_by      ID      NOT NULL,
    recorded_by_name TEXT    NOT NULL,
    created_at       INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX meeting_revision ON meeting (company, first_id, revision);
CREATE INDEX meeting_engagement ON meeting (company, engagement_id);

-- ---- what usually comes after what, and how a price is split over it ----------------------------

CREATE TABLE milestone_template (
    company     INTEGER NOT NULL,
    id          ID      NOT NULL,
    version     INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    description TEXT,
    milestones  TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
