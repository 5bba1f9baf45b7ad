-- The foundation: every table of an engagement from first talk to last payment.
--
-- Each table starts with the company, so that a company's rows lie together. Ids grow with time, so
-- new rows go to the end. An accepted milestone writes half a dozen of these tables in one
-- transaction, and what that costs is the number of random index pages it touches: so there is no
-- index that a query does not need, and no foreign key, because each check is one more page. An
-- action loads the parents of what it inserts in the same transaction, nothing is ever deleted under
-- a parent, and `waymark verify` walks all references.
--
-- The comment "rowid" marks tables whose rows are long texts.

-- ---- the agency and its people ----------------------------------------------------------------

CREATE TABLE company (
    company    INTEGER NOT NULL, /* rowid */
    id         ID      NOT NULL,
    version    INTEGER NOT NULL,
    slug       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    legal_name TEXT    NOT NULL,
    address    TEXT,
    country    TEXT    NOT NULL,
    tax_id     TEXT,
    email      TEXT,
    phone      TEXT,
    time_zone  TEXT    NOT NULL,
    currency   TEXT    NOT NULL,
    iban       TEXT,
    bic        TEXT,
    remittance TEXT,
    paper      TEXT    NOT NULL,
    logo_hash  BYTES,
    is_sample  INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (company)
);
CREATE UNIQUE INDEX company_slug ON company (slug);
CREATE UNIQUE INDEX company_id ON company (id);

-- The next number of each series; year is 0 where a series is never reset.
CREATE TABLE number_series (
    company INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    year    INTEGER NOT NULL,
    next    INTEGER NOT NULL CHECK (next > 0),
    PRIMARY KEY (company, kind, year)
);

CREATE TABLE user_account (
    company       INTEGER NOT NULL,
    id            ID      NOT NULL,
    version       INTEGER NOT NULL,
    email         TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    role          TEXT    NOT NULL,
    password_hash TEXT,
    disabled_at   INTEGER,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX user_account_email ON user_account (company, email);

CREATE TABLE session (
    company    INTEGER NOT NULL,
    token_hash BYTES   NOT NULL,
    actor_kind TEXT    NOT NULL,
    actor_id   ID      NOT NULL,
    csrf_hash  BYTES   NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (company, token_hash)
);

CREATE TABLE api_token (
    company    INTEGER NOT NULL,
    id         ID      NOT NULL,
    version    INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    token_hash BYTES   NOT NULL,
    user_id    ID      NOT NULL,
    scopes     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX api_token_hash ON api_token (token_hash);

CREATE TABLE login_link (
    company    INTEGER NOT NULL,
    token_hash BYTES   NOT NULL,
    contact_id ID      NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    PRIMARY KEY (company, token_hash)
);

-- ---- clients ----------------------------------------------------------------------------------

CREATE TABLE client (
    company       INTEGER NOT NULL,
    id            ID      NOT NULL,
    version       INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    legal_name    TEXT,
    address       TEXT,
    country       TEXT    NOT NULL,
    tax_id        TEXT,
    reference     TEXT,
    billing_email TEXT,
    currency      TEXT    NOT NULL,
    time_zone     TEXT    NOT NULL,
    payment_days  INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);

CREATE TABLE contact (
    company     INTEGER NOT NULL,
    id          ID      NOT NULL,
    version     INTEGER NOT NULL,
    client_id   ID      NOT NULL,
    name        TEXT,
    email       TEXT,
    phone       TEXT,
    title       TEXT,
    role        TEXT    NOT NULL,
    disabled_at INTEGER,
    erased_at   INTEGER,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX contact_client ON contact (company, client_id);
CREATE UNIQUE INDEX contact_email ON contact (company, email);

-- ---- from first talk to signature -------------------------------------------------------------

CREATE TABLE engagement (
    company      INTEGER NOT NULL,
    id           ID      NOT NULL,
    version      INTEGER NOT NULL,
    client_id    ID      NOT NULL,
    title        TEXT    NOT NULL,
    reference    TEXT,
    state        TEXT    NOT NULL,
    currency     TEXT    NOT NULL,
    time_zone    TEXT    NOT NULL,
    summary      TEXT,
    kickoff_day  INTEGER,
    kickoff_note TEXT,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX engagement_client ON engagement (company, client_id);

CREATE TABLE requirement (
    company       INTEGER NOT NULL, /* rowid */
    id            ID      NOT NULL,
    version       INTEGER NOT NULL,
    engagement_id ID      NOT NULL,
    code          TEXT    NOT NULL,
    revision      INTEGER NOT NULL,
    text          TEXT    NOT NULL,
    priority      TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    criteria      TEXT    NOT NULL,
    confirmed_at  INTEGER,
    confirmed_by  ID,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX requirement_revision ON requirement (company, engagement_id, code, revision);

CREATE TABLE requirement_confirmation (
    company           INTEGER NOT NULL,
    id                ID      NOT NULL,
    engagement_id     ID      NOT NULL,
    contact_id        ID      NOT NULL,
    set_hash          BYTES   NOT NULL,
    requirement_count INTEGER NOT NULL,
    confirmed_at      INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX requirement_confirmation_engagement
    ON requirement_confirmation (company, engagement_id);

CREATE TABLE proposal (
    company         INTEGER NOT NULL, /* rowid */
    id              ID      NOT NULL,
    version         INTEGER NOT NULL,
    engagement_id   ID      NOT NULL,
    revision        INTEGER NOT NULL,
    state           TEXT    NOT NULL,
    plan            TEXT    NOT NULL,
    currency        TEXT    NOT NULL,
    total_minor     INTEGER NOT NULL CHECK (total_minor >= 0),
    valid_until_day INTEGER NOT NULL,
    sent_at         INTEGER,
    viewed_at       INTEGER,
    decided_at      INTEGER,
    decided_by      ID,
    reason          TEXT,
    proof           TEXT,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX proposal_revision ON proposal (company, engagement_id, revision);

CREATE TABLE comment (
    company       INTEGER NOT NULL, /* rowid */
    id            ID      NOT NULL,
    engagement_id ID      NOT NULL,
    subject_id    ID      NOT NULL,
    author_kind   TEXT    NOT NULL,
    author_id     ID      NOT NULL,
    author_name   TEXT    NOT NULL,
    text          TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX comment_engagement ON comment (company, engagement_id);

CREATE TABLE contract (
    company       INTEGER NOT NULL, /* rowid */
    id            ID      NOT NULL,
    version       INTEGER NOT NULL,
    engagement_id ID      NOT NULL,
    proposal_id   ID      NOT NULL,
    number        TEXT,
    state         TEXT    NOT NULL,
    plan          TEXT    NOT NULL,
    currency      TEXT    NOT NULL,
    sum_minor     INTEGER NOT NULL CHECK (sum_minor >= 0),
    document      TEXT,
    document_hash BYTES,
    sent_at       INTEGER,
    active_at     INTEGER,
    ended_at      INTEGER,
    reason        TEXT,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX contract_engagement ON contract (company, engagement_id);
CREATE UNIQUE INDEX contract_number ON contract (company, number);

CREATE TABLE signature (
    company       INTEGER NOT NULL,
    id            ID      NOT NULL,
    version       INTEGER NOT NULL,
    contract_id   ID      NOT NULL,
    engagement_id ID      NOT NULL,
    sequence      INTEGER NOT NULL,
    side          TEXT    NOT NULL,
    signer_kind   TEXT    NOT NULL,
    signer_id     ID      NOT NULL,
    name          TEXT    NOT NULL,
    role          TEXT,
    state         TEXT    NOT NULL,
    consent       TEXT,
    document_hash BYTES,
    method        TEXT,
    address       TEXT,
    user_agent    TEXT,
    signed_at     INTEGER,
    reason        TEXT,
    PRIMARY KEY (company, id),
    CHECK (state <> 'signed' OR (document_hash IS NOT NULL AND consent IS NOT NULL
                                 AND signed_at IS NOT NULL))
);
CREATE UNIQUE INDEX signature_contract ON signature (company, contract_id, sequence);

-- ---- delivery and acceptance ------------------------------------------------------------------

CREATE TABLE milestone (
    company        INTEGER NOT NULL,
    id             ID      NOT NULL,
    version        INTEGER NOT NULL,
    engagement_id  ID      NOT NULL,
    contract_id    ID      NOT NULL,
    number         INTEGER NOT NULL,
    code           TEXT    NOT NULL,
    title          TEXT    NOT NULL,
    description    TEXT,
    price_minor    INTEGER NOT NULL CHECK (price_minor >= 0),
    currency       TEXT    NOT NULL,
    tax_category   TEXT    NOT NULL,
    tax_rate_ppm   INTEGER NOT NULL,
    start_day      INTEGER,
    due_day        INTEGER NOT NULL,
    state          TEXT    NOT NULL,
    billing        TEXT    NOT NULL,
    round          INTEGER NOT NULL,
    deliverables   TEXT    NOT NULL,
    criteria       TEXT    NOT NULL,
    accepted_at    INTEGER,
    certificate_id ID,
    invoice_id     ID,
    PRIMARY KEY (company, id),
    CHECK (billing = 'unbilled' OR accepted_at IS NOT NULL)
);
CREATE INDEX milestone_engagement ON milestone (company, engagement_id);

CREATE TABLE milestone_dependency (
    company       INTEGER NOT NULL,
    milestone_id  ID      NOT NULL,
    after_id      ID      NOT NULL,
    engagement_id ID      NOT NULL,
    PRIMARY KEY (company, milestone_id, after_id)
);
CREATE INDEX milestone_dependency_after ON milestone_dependency (company, after_id);

CREATE TABLE file (
    company       INTEGER NOT NULL,
    id            ID      NOT NULL,
    engagement_id ID      NOT NULL,
    name          TEXT    NOT NULL,
    mime          TEXT    NOT NULL,
    size          INTEGER NOT NULL,
    hash          BYTES   NOT NULL,
    uploaded_by   ID      NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX file_engagement ON file (company, engagement_id);

CREATE TABLE submission (
    company           INTEGER NOT NULL,
    id                ID      NOT NULL,
    version           INTEGER NOT NULL,
    milestone_id      ID      NOT NULL,
    engagement_id     ID      NOT NULL,
    round             INTEGER NOT NULL,
    state             TEXT    NOT NULL,
    note              TEXT,
    deliverables      TEXT    NOT NULL,
    decisions         TEXT    NOT NULL,
    submitted_by      ID      NOT NULL,
    submitted_by_name TEXT    NOT NULL,
    submitted_at      INTEGER NOT NULL,
    clock_start_at    INTEGER,
    deadline_at       INTEGER,
    notices           TEXT    NOT NULL,
    reason_code       TEXT,
    reason            TEXT,
    decided_by        ID,
    decided_by_name   TEXT,
    decided_by_role   TEXT,
    decided_at        INTEGER,
    method            TEXT,
    PRIMARY KEY (company, id)
);
CREATE INDEX submission_engagement ON submission (company, engagement_id);
CREATE UNIQUE INDEX submission_milestone ON submission (company, milestone_id, round);

CREATE TABLE certificate (
    company          INTEGER NOT NULL,
    id               ID      NOT NULL,
    milestone_id     ID      NOT NULL,
    submission_id    ID      NOT NULL,
    engagement_id    ID      NOT NULL,
    kind             TEXT    NOT NULL,
    accepted_by      ID,
    accepted_by_name TEXT,
    accepted_by_role TEXT,
    method           TEXT    NOT NULL,
    accepted_at      INTEGER NOT NULL,
    reservations     TEXT,
    decisions        TEXT    NOT NULL,
    PRIMARY KEY (company, id)
);

-- ---- invoices and money -----------------------------------------------------------------------

CREATE TABLE invoice (
    company             INTEGER NOT NULL,
    id                  ID      NOT NULL,
    version             INTEGER NOT NULL,
    kind                TEXT    NOT NULL,
    engagement_id       ID      NOT NULL,
    client_id           ID      NOT NULL,
    contract_id         ID      NOT NULL,
    milestone_id        ID,
    certificate_id      ID,
    credited_invoice_id ID,
    number              TEXT    NOT NULL,
    reference           TEXT,
    state               TEXT    NOT NULL,
    issue_day           INTEGER NOT NULL,
    due_day             INTEGER NOT NULL,
    period_start_day    INTEGER,
    period_end_day      INTEGER,
    currency            TEXT    NOT NULL,
    net_minor           INTEGER NOT NULL,
    tax_minor           INTEGER NOT NULL,
    total_minor         INTEGER NOT NULL,
    paid_minor          INTEGER NOT NULL,
    credited_minor      INTEGER NOT NULL,
    taxes               TEXT    NOT NULL,
    reason              TEXT,
    issued_at           INTEGER NOT NULL,
    PRIMARY KEY (company, id),
    CHECK (total_minor = net_minor + tax_minor),
    CHECK (paid_minor >= 0 AND credited_minor >= 0
           AND paid_minor + credited_minor <= total_minor)
);
CREATE UNIQUE INDEX invoice_number ON invoice (company, kind, number);
CREATE INDEX invoice_client ON invoice (company, client_id);
CREATE INDEX invoice_engagement ON invoice (company, engagement_id);
CREATE INDEX invoice_credited ON invoice (company, credited_invoice_id)
    WHERE credited_invoice_id IS NOT NULL;
CREATE INDEX invoice_open ON invoice (company, due_day) WHERE state IN ('issued', 'part_paid');

CREATE TABLE invoice_line (
    company          INTEGER NOT NULL,
    invoice_id       ID      NOT NULL,
    number           INTEGER NOT NULL,
    milestone_id     ID,
    certificate_id   ID,
    description      TEXT    NOT NULL,
    quantity         INTEGER NOT NULL,
    unit_price_minor INTEGER NOT NULL,
    net_minor        INTEGER NOT NULL,
    tax_category     TEXT    NOT NULL,
    tax_rate_ppm     INTEGER NOT NULL,
    PRIMARY KEY (company, invoice_id, number)
);

CREATE TABLE payment (
    company         INTEGER NOT NULL,
    id              ID      NOT NULL,
    version         INTEGER NOT NULL,
    client_id       ID      NOT NULL,
    number          TEXT    NOT NULL,
    currency        TEXT    NOT NULL,
    amount_minor    INTEGER NOT NULL CHECK (amount_minor > 0),
    received_day    INTEGER NOT NULL,
    method          TEXT    NOT NULL,
    payer_reference TEXT,
    note            TEXT,
    state           TEXT    NOT NULL,
    allocated_minor INTEGER NOT NULL,
    refunded_minor  INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (company, id),
    CHECK (allocated_minor >= 0 AND refunded_minor >= 0
           AND allocated_minor + refunded_minor <= amount_minor)
);
CREATE UNIQUE INDEX payment_number ON payment (company, number);
CREATE INDEX payment_client ON payment (company, client_id);

CREATE TABLE allocation (
    company        INTEGER NOT NULL,
    id             ID      NOT NULL,
    version        INTEGER NOT NULL,
    payment_id     ID,
    credit_note_id ID,
    invoice_id     ID      NOT NULL,
    client_id      ID      NOT NULL,
    currency       TEXT    NOT NULL,
    amount_minor   INTEGER NOT NULL CHECK (amount_minor > 0),
    state          TEXT    NOT NULL,
    allocated_at   INTEGER NOT NULL,
    reversed_at    INTEGER,
    reason         TEXT,
    PRIMARY KEY (company, id),
    CHECK ((payment_id IS NULL) <> (credit_note_id IS NULL))
);
CREATE INDEX allocation_payment ON allocation (company, payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX allocation_credit_note ON allocation (company, credit_note_id)
    WHERE credit_note_id IS NOT NULL;
CREATE INDEX allocation_invoice ON allocation (company, invoice_id);

CREATE TABLE refund (
    company        INTEGER NOT NULL,
    id             ID      NOT NULL,
    version        INTEGER NOT NULL,
    payment_id     ID,
    credit_note_id ID,
    client_id      ID      NOT NULL,
    number         TEXT    NOT NULL,
    currency       TEXT    NOT NULL,
    amount_minor   INTEGER NOT NULL CHECK (amount_minor > 0),
    reason         TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    paid_day       INTEGER,
    created_at     INTEGER NOT NULL,
    PRIMARY KEY (company, id),
    CHECK ((payment_id IS NULL) <> (credit_note_id IS NULL)),
    CHECK (state <> 'paid' OR paid_day IS NOT NULL)
);
CREATE UNIQUE INDEX refund_number ON refund (company, number);
CREATE INDEX refund_client ON refund (company, client_id);

-- ---- the ledger -------------------------------------------------------------------------------

CREATE TABLE ledger_account (
    company INTEGER NOT NULL,
    code    TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    PRIMARY KEY (company, code)
);

-- An entry has the id of the row that it records, so nothing is booked twice.
CREATE TABLE ledger_entry (
    company     INTEGER NOT NULL,
    id          ID      NOT NULL,
    day         INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    narrative   TEXT,
    source_kind TEXT    NOT NULL,
    source_id   ID      NOT NULL,
    reverses_id ID,
    currency    TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);

CREATE TABLE ledger_posting (
    company      INTEGER NOT NULL,
    entry_id     ID      NOT NULL,
    number       INTEGER NOT NULL,
    account      TEXT    NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0),
    client_id    ID,
    PRIMARY KEY (company, entry_id, number)
);

-- What each account moved on a day, counted up once per group of commands: balances without a walk
-- through all postings.
CREATE TABLE ledger_day (
    company      INTEGER NOT NULL,
    day          INTEGER NOT NULL,
    account      TEXT    NOT NULL,
    currency     TEXT    NOT NULL,
    debit_minor  INTEGER NOT NULL,
    credit_minor INTEGER NOT NULL,
    PRIMARY KEY (company, day, account, currency)
);

-- ---- evidence ---------------------------------------------------------------------------------

CREATE TABLE log_head (
    company  INTEGER NOT NULL,
    size     INTEGER NOT NULL,
    frontier BYTES   NOT NULL,
    PRIMARY KEY (company)
);

CREATE TABLE leaf (
    company       INTEGER NOT NULL,
    position      INTEGER NOT NULL,
    event         TEXT    NOT NULL,
    subject_id    ID      NOT NULL,
    engagement_id ID,
    at            INTEGER NOT NULL,
    hash          BYTES   NOT NULL,
    salt          BYTES,
    payload       TEXT,
    payload_hash  BYTES,
    erased_at     INTEGER,
    PRIMARY KEY (company, position),
    CHECK (erased_at IS NULL OR (payload IS NULL AND salt IS NULL AND payload_hash IS NOT NULL)),
    CHECK (erased_at IS NOT NULL OR (payload IS NOT NULL AND salt IS NOT NULL))
);
CREATE INDEX leaf_engagement ON leaf (company, engagement_id, position)
    WHERE engagement_id IS NOT NULL;
-- What belongs to no engagement is found by its subject: people when they are erased, payments when
-- an engagement is proven. No other leaf pays for it.
CREATE INDEX leaf_subject ON leaf (company, subject_id) WHERE engagement_id IS NULL;

-- The further engagements that a leaf tells of: one payment may settle invoices of several.
CREATE TABLE leaf_reach (
    company       INTEGER NOT NULL,
    engagement_id ID      NOT NULL,
    position      INTEGER NOT NULL,
    PRIMARY KEY (company, engagement_id, position)
);

CREATE TABLE tile (
    company INTEGER NOT NULL,
    level   INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    hash    BYTES   NOT NULL,
    PRIMARY KEY (company, level, number)
);

CREATE TABLE checkpoint (
    company   INTEGER NOT NULL,
    size      INTEGER NOT NULL,
    note      TEXT    NOT NULL,
    signed_at INTEGER NOT NULL,
    PRIMARY KEY (company, size)
);

-- ---- around it --------------------------------------------------------------------------------

CREATE TABLE idempotency (
    company         INTEGER NOT NULL, /* rowid */
    actor_id        ID      NOT NULL,
    key             TEXT    NOT NULL,
    request_hash    BYTES   NOT NULL,
    status          INTEGER NOT NULL,
    response        TEXT,
    subject_version INTEGER,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (company, actor_id, key)
);

CREATE TABLE document (
    company       INTEGER NOT NULL, /* rowid */
    subject_id    ID      NOT NULL,
    kind          TEXT    NOT NULL,
    engagement_id ID      NOT NULL,
    snapshot      TEXT    NOT NULL,
    snapshot_hash BYTES   NOT NULL,
    file_hash     BYTES,
    made_at       INTEGER,
    name          TEXT    NOT NULL,
    PRIMARY KEY (company, subject_id, kind)
);
CREATE INDEX document_engagement ON document (company, engagement_id);

CREATE TABLE outbox (
    company      INTEGER NOT NULL, /* rowid */
    id           ID      NOT NULL,
    kind         TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    next_at      INTEGER,
    event        TEXT    NOT NULL,
    subject_id   ID      NOT NULL,
    endpoint_id  ID,
    recipient    TEXT,
    payload      TEXT    NOT NULL,
    last_error   TEXT,
    created_at   INTEGER NOT NULL,
    delivered_at INTEGER,
    PRIMARY KEY (company, id)
);
CREATE INDEX outbox_pending ON outbox (next_at) WHERE state = 'pending';

CREATE TABLE webhook_endpoint (
    company    INTEGER NOT NULL,
    id         ID      NOT NULL,
    version    INTEGER NOT NULL,
    url        TEXT    NOT NULL,
    secret     TEXT    NOT NULL,
    events     TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);

CREATE TABLE job (
    company       INTEGER NOT NULL,
    id            ID      NOT NULL,
    kind          TEXT    NOT NULL,
    subject_id    ID      NOT NULL,
    engagement_id ID,
    due_at        INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE INDEX job_due ON job (due_at);
