-- name: defect_unsettled_of_milestone
SELECT id, version, engagement_id, milestone_id, submission_id, certificate_id, criterion, severity,
       text, correct_by_day, state, times_found, found_by, found_by_name, found_at, corrected_by,
       corrected_by_name, corrected_at, correction, answered_by, answered_by_name, answered_at,
       answer
  FROM defect
 WHERE company = :company AND milestone_id = :milestone_id AND state IN ('open', 'corrected')
 ORDER BY id
