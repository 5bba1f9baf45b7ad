-- name: meeting_last_revision
SELECT max(revision)
  FROM meeting
 WHERE company = :company AND first_id = :first_id
