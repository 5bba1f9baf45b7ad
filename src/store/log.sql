-- name: leaf_insert
INSERT INTO leaf (company, position, event, subject_id, engagement_id, at, hash, salt, payload)
VALUES (:company, :position, :event, :subject_id, :engagement_id, :at, :hash, :salt, :payload)

-- name: leaf_range
SELECT position, event, subject_id, engagement_id, at, hash, salt, payload, payload_hash, erased_at
  FROM leaf
 WHERE company = :company AND position >= :first AND position < :end
 ORDER BY position

-- name: leaf_of_engagement
SELECT position, event, subject_id, engagement_id, at, hash, salt, payload, payload_hash, erased_at
  FROM leaf
 WHERE company = :company AND engagement_id = :engagement_id
 UNION ALL
SELECT l.position, l.event, l.subject_id, l.engagement_id, l.at, l.hash, l.salt, l.payload,
       l.payload_hash, l.erased_at
  FROM leaf_reach r
  JOIN leaf l ON l.company = r.company AND l.position = r.position
 WHERE r.company = :company AND r.engagement_id = :engagement_id
 ORDER BY 1
 LIMIT :limit

-- name: leaf_of_subject
SELECT position, event, subject_id, engagement_id, at, hash, salt, payload, payload_hash, erased_at
  FROM leaf
 WHERE company = :company AND subject_id = :subject_id AND engagement_id IS NULL
 ORDER BY position
 LIMIT :limit

-- name: leaf_reach_insert
INSERT INTO leaf_reach (company, engagement_id, position)
VALUES (:company, :engagement_id, :position)

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
