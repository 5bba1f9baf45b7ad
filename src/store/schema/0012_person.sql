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
