-- name: progress_approvals_of_claim
SELECT id, engagement_id, milestone_id, progress_claim_id, sequence, approved_by, approved_by_name,
       approved_by_role, method, approved_at, note
  FROM progress_approval
 WHERE company = :company AND progress_claim_id = :progress_claim_id
 ORDER BY sequence
