-- How somebody wants to be shown things, of either side: by their own id. No business record, so no
-- evidence tells of it.
CREATE TABLE preference (
    company    INTEGER NOT NULL,
    person_id  ID      NOT NULL,
    locale     TEXT,
    time_zone  TEXT,
    theme      TEXT,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (company, person_id)
);

-- Who may read the feed of their dates, and with what: the hash of a key for that alone.
CREATE TABLE calendar_key (
    company     INTEGER NOT NULL,
    person_id   ID      NOT NULL,
    person_kind TEXT    NOT NULL,
    key_hash    BYTES   NOT NULL,
    made_at     INTEGER NOT NULL,
    PRIMARY KEY (company, person_id)
);
CREATE UNIQUE INDEX calendar_key_hash ON calendar_key (company, key_hash);
CREATE INDEX team_member_user ON team_member (company, user_id) WHERE user_id IS NOT NULL;
