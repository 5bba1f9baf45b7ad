-- Changes of contracts in force: the whole plan as it would be, and who signed it. A change order is
-- signed alone, so its signatures are rows of their own.
CREATE TABLE change_order (
    company          INTEGER NOT NULL, /* rowid */
    id               ID      NOT NULL,
    version          INTEGER NOT NULL,
    engagement_id    ID      NOT NULL,
    contract_id      ID      NOT NULL,
    number           INTEGER NOT NULL,
    revision         INTEGER NOT NULL,
    state            TEXT    NOT NULL,
    based_on_id      ID,
    title            TEXT    NOT NULL,
    purpose          TEXT,
    plan             TEXT    NOT NULL,
    currency         TEXT    NOT NULL,
    sum_before_minor INTEGER NOT NULL CHECK (sum_before_minor >= 0),
    change_minor     INTEGER NOT NULL,
    sum_after_minor  INTEGER NOT NULL CHECK (sum_after_minor >= 0),
    credits          TEXT    NOT NULL,
    start_day        INTEGER,
    valid_until_day  INTEGER NOT NULL,
    document         TEXT,
    document_hash    BYTES,
    proposed_at      INTEGER,
    approved_at      INTEGER,
    applied_at       INTEGER,
    applied_number   INTEGER NOT NULL,
    ended_at         INTEGER,
    reason           TEXT,
    created_at       INTEGER NOT NULL,
    PRIMARY KEY (company, id),
    CHECK (sum_before_minor + change_minor = sum_after_minor),
    CHECK ((state = 'applied') = (applied_number > 0))
);
CREATE UNIQUE INDEX change_order_revision ON change_order (company, contract_id, number, revision);
CREATE INDEX change_order_engagement ON change_order (company, engagement_id);

CREATE TABLE change_signature (
    company         INTEGER NOT NULL,
    id              ID      NOT NULL,
    version         INTEGER NOT NULL,
    change_order_id ID      NOT NULL,
    engagement_id   ID      NOT NULL,
    sequence        INTEGER NOT NULL,
    side            TEXT    NOT NULL,
    signer_kind     TEXT    NOT NULL,
    signer_id       ID      NOT NULL,
    name            TEXT    NOT NULL,
    role            TEXT,
    state           TEXT    NOT NULL,
    consent         TEXT,
    document_hash   BYTES,
    method          TEXT,
    address         TEXT,
    user_agent      TEXT,
    signed_at       INTEGER,
    reason          TEXT,
    PRIMARY KEY (company, id),
    CHECK (state <> 'signed' OR (document_hash IS NOT NULL AND consent IS NOT NULL
                                 AND signed_at IS NOT NULL))
);
CREATE UNIQUE INDEX change_signature_order ON change_signature (company, change_order_id, sequence);
