-- name: idempotency_find
SELECT request_hash, status, response, subject_version
  FROM idempotency
 WHERE company = :company AND actor_id = :actor_id AND key = :key

-- name: idempotency_insert
INSERT INTO idempotency (company, actor_id, key, request_hash, status, response, subject_version, created_at)
VALUES (:company, :actor_id, :key, :request_hash, :status, :response, :subject_version, :created_at)

-- name: idempotency_purge
DELETE FROM idempotency WHERE company = :company AND created_at < :before
