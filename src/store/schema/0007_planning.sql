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
