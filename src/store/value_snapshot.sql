-- name: value_snapshot_of_day
SELECT id, engagement_id, day, basis, currency, milestones, taken_at
  FROM value_snapshot
 WHERE company = :company AND engagement_id = :engagement_id AND day = :day

-- name: value_milestones
SELECT id, engagement_id, number, code, title, price_minor, currency, start_day, due_day, state,
       criteria, accepted_at
  FROM milestone
 WHERE company = :company AND engagement_id = :engagement_id
 ORDER BY number

-- name: value_earning_choices
SELECT id, version, engagement_id, rule, created_at
  FROM earning_choice
 WHERE company = :company AND engagement_id = :engagement_id

-- name: value_earning_choice
SELECT id, version, engagement_id, rule, created_at
  FROM earning_choice
 WHERE company = :company AND id = :milestone_id

-- name: value_milestone_starts
SELECT subject_id AS milestone_id, min(at) AS at
  FROM leaf
 WHERE company = :company AND engagement_id = :engagement_id AND event = 'milestone.started'
 GROUP BY subject_id
