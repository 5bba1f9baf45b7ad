-- name: job_due
SELECT company AS number, id, kind, subject_id, engagement_id, due_at, created_at
  FROM job
 WHERE due_at <= :now
 ORDER BY due_at
 LIMIT :limit

-- name: job_find
SELECT id, kind, subject_id, engagement_id, due_at, created_at
  FROM job
 WHERE company = :company AND id = :id

-- name: job_count_at
SELECT count(*) FROM job
 WHERE company = :company AND due_at = :due_at AND kind = :kind AND subject_id = :subject_id

-- name: job_delete
DELETE FROM job WHERE company = :company AND id = :id

-- name: outbox_due
SELECT company AS number, id, kind, state, attempts, next_at, event, subject_id, endpoint_id,
       recipient, payload, last_error, created_at, delivered_at
  FROM outbox
 WHERE state = 'pending' AND next_at <= :now AND kind = :kind
 ORDER BY next_at
 LIMIT :limit

-- A mail that was erased while it went out stays as that left it.
-- name: outbox_save_delivery
UPDATE outbox
   SET state = :state, attempts = :attempts, next_at = :next_at, last_error = :last_error,
       delivered_at = :delivered_at
 WHERE company = :company AND id = :id AND (kind <> 'mail' OR recipient IS NOT NULL)

-- name: outbox_defer
UPDATE outbox
   SET next_at = :until
 WHERE company = :company AND state = 'pending' AND kind = 'webhook' AND next_at < :until
   AND endpoint_id = :endpoint_id AND id <> :id
