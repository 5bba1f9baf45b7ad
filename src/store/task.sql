-- name: task_of_engagement
SELECT id, version, engagement_id, milestone_id, code, title, description, owner_id,
       estimate_minutes, planned_start_day, planned_due_day, state, started_day, done_day,
       created_at, slipped_due_day
  FROM task
 WHERE company = :company AND engagement_id = :engagement_id
 ORDER BY id

-- name: task_dependencies_of_engagement
SELECT id, version, engagement_id, task_id, after_task_id, after_milestone_id, lag_days,
       is_removed, created_at
  FROM task_dependency
 WHERE company = :company AND engagement_id = :engagement_id
 ORDER BY id

-- What a plan of work needs to know of milestones.
-- name: task_milestones
SELECT id, engagement_id, number, code, title, start_day, due_day, state, accepted_at,
       planned_due_day
  FROM milestone
 WHERE company = :company AND engagement_id = :engagement_id
 ORDER BY number

-- name: task_milestone_dependencies
SELECT d.milestone_id, d.after_id, d.engagement_id
  FROM milestone m
  JOIN milestone_dependency d ON d.company = m.company AND d.milestone_id = m.id
 WHERE m.company = :company AND m.engagement_id = :engagement_id
 ORDER BY d.milestone_id, d.after_id
