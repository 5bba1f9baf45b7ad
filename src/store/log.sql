-- name: leaf_insert
INSERT INTO leaf (company, position, event, subject_id, engagement_id, at, hash, salt, payload)
VALUES (:company, :position, :event, :subject_id, :engagement_id, :at, :hash, :salt, :payload)

-- name: leaf_range
SELECT position, event, subject_id, engagement_id, at, hash, salt, payload, payload_hash, erased_at
  FROM leaf
 WHERE company = :company AND position >= :first AND position < :end
 ORDER BY position

-- The payments and credit notes that ever went to an invoice of the engagement, and its own credit
-- notes, bring the leaves that tell of them.
-- name: leaf_of_engagement
WITH money AS (
    SELECT a.payment_id AS id
      FROM invoice i
      JOIN allocation a ON a.company = i.company AND a.invoice_id = i.id
     WHERE i.company = :company AND i.engagement_id = :engagement_id AND a.payment_id IS NOT NULL
     UNION
    SELECT a.credit_note_id
      FROM invoice i
      JOIN allocation a ON a.company = i.company AND a.invoice_id = i.id
     WHERE i.company = :company AND i.engagement_id = :engagement_id
       AND a.credit_note_id IS NOT NULL
     UNION
    SELECT id FROM invoice
     WHERE company = :company AND engagement_id = :engagement_id AND kind = 'credit_note')
SELECT position, event, subject_id, engagement_id, at, hash, salt, payload, payload_hash, erased_at
  FROM leaf
 WHERE company = :company
   AND position IN (
       SELECT position FROM leaf WHERE company = :company AND engagement_id = :engagement_id
        UNION
       SELECT position FROM leaf_reach WHERE company = :company AND reached_id = :engagement_id
        UNION
       SELECT r.position
         FROM money m
         JOIN leaf_reach r ON r.company = :company AND r.reached_id = m.id)
 ORDER BY position
 LIMIT :limit

-- name: leaf_reach_insert
INSERT INTO leaf_reach (company, reached_id, position) VALUES (:company, :reached_id, :position)

-- name: leaf_reach_walk
SELECT reached_id, position FROM leaf_reach
 WHERE company = :company AND (reached_id, position) > (:reached_id, :position)
 ORDER BY reached_id, position
 LIMIT 1000

-- Leaves from a position on that tell of an engagement, or of none.
-- name: leaf_tells_of
SELECT (SELECT count(*) FROM leaf
         WHERE company = :company AND position >= :since
           AND (engagement_id IS NULL OR engagement_id = :engagement_id))
     + (SELECT count(*) FROM leaf_reach
         WHERE company = :company AND reached_id = :engagement_id AND position >= :since)

-- name: leaf_hashes
SELECT hash FROM leaf
 WHERE company = :company AND position >= :first AND position < :end
 ORDER BY position

-- name: tile_insert
INSERT INTO tile (company, level, number, hash) VALUES (:company, :level, :number, :hash)

-- name: tile_hashes
SELECT hash FROM tile
 WHERE company = :company AND level = :level AND number >= :first AND number < :end
 ORDER BY number

-- name: checkpoint_keep
INSERT INTO checkpoint (company, size, note, signed_at) VALUES (:company, :size, :note, :signed_at)
    ON CONFLICT (company, size) DO NOTHING

-- name: log_head_size
SELECT size FROM log_head WHERE company = :company

-- name: checkpoint_next
SELECT size, note, signed_at FROM checkpoint
 WHERE company = :company AND size > :larger_than
 ORDER BY size
 LIMIT 1
