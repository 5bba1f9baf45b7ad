-- name: status_report_count
SELECT count(*) FROM status_report
 WHERE company = :company AND engagement_id = :engagement_id

-- name: status_report_rhythm
SELECT id, version, engagement_id, rhythm, first_day, is_stopped, created_at
  FROM report_rhythm
 WHERE company = :company AND id = :engagement_id

-- name: status_report_of_day
SELECT count(*) FROM status_report
 WHERE company = :company AND engagement_id = :engagement_id AND day = :day AND sent_by IS NULL
