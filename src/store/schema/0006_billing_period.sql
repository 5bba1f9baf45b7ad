-- Periods of recurring milestones that were billed; one that cost nothing has no invoice.
CREATE TABLE billing_period (
    company       INTEGER NOT NULL,
    id            ID      NOT NULL,
    engagement_id ID      NOT NULL,
    contract_id   ID      NOT NULL,
    milestone_id  ID      NOT NULL,
    number        INTEGER NOT NULL,
    start_day     INTEGER NOT NULL,
    end_day       INTEGER NOT NULL,
    bill_day      INTEGER NOT NULL,
    currency      TEXT    NOT NULL,
    net_minor     INTEGER NOT NULL CHECK (net_minor >= 0),
    invoice_id    ID,
    billed_at     INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX billing_period_milestone ON billing_period (company, milestone_id, number);
CREATE INDEX billing_period_engagement ON billing_period (company, engagement_id);
