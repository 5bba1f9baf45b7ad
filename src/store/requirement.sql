-- name: requirement_of_engagement
SELECT id, version, engagement_id, code, revision, text, priority, state, criteria, confirmed_at,
       confirmed_by, created_at
  FROM requirement
 WHERE company = :company AND engagement_id = :engagement_id
 ORDER BY id

-- name: requirement_confirmation_latest
SELECT id, engagement_id, contact_id, set_hash, requirement_count, confirmed_at
  FROM requirement_confirmation
 WHERE company = :company AND engagement_id = :engagement_id
 ORDER BY id DESC
 LIMIT 1
