-- A leaf is a long row: with what an acceptance tells of it passes a quarter of SQLite's page, and each
-- such row in a tree of keys takes a further page of its own. Rows beside the tree lie one behind the other.
CREATE TABLE leaf_long (
    company       INTEGER NOT NULL, /* rowid */
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
INSERT INTO leaf_long (company, position, event, subject_id, engagement_id, at, hash, salt, payload,
                       payload_hash, erased_at)
SELECT company, position, event, subject_id, engagement_id, at, hash, salt, payload, payload_hash,
       erased_at
  FROM leaf
 ORDER BY company, position;
DROP TABLE leaf;
ALTER TABLE leaf_long RENAME TO leaf;
CREATE INDEX leaf_engagement ON leaf (company, engagement_id, position)
    WHERE engagement_id IS NOT NULL;
CREATE INDEX leaf_subject ON leaf (company, subject_id) WHERE engagement_id IS NULL;
