-- name: approvals_of_submission
SELECT id, engagement_id, milestone_id, submission_id, sequence, approved_by, approved_by_name,
       approved_by_role, method, approved_at, reservations, decisions
  FROM approval
 WHERE company = :company AND submission_id = :submission_id
 ORDER BY sequence
