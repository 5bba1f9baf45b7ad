-- name: price_reduction_standing
SELECT id, version, engagement_id, milestone_id, amount_minor, currency, reason, criterion, state,
       proposed_by, proposed_by_name, proposed_at, decided_by, decided_by_name, decided_at, answer
  FROM price_reduction
 WHERE company = :company AND milestone_id = :milestone_id AND state = :state
   AND state IN ('proposed', 'agreed')
