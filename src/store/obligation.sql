-- name: obligation_of_engagement
SELECT id, version, engagement_id, code, text, due_day, contact_id, milestones, tasks, state, days_late,
       counted_day, reminded_day, closed_day, closed_at, closed_by_kind, closed_by, closed_by_name,
       note, created_at
  FROM obligation
 WHERE company = :company AND engagement_id = :engagement_id
 ORDER BY id
