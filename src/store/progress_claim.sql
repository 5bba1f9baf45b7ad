-- name: progress_claim_latest
SELECT id, version, engagement_id, contract_id, milestone_id, number, percent_ppm, before_ppm, currency,
       net_minor, note, state, claimed_by, claimed_by_name, claimed_at, decided_by, decided_by_name,
       decided_at, reason, invoice_id
  FROM progress_claim
 WHERE company = :company AND milestone_id = :milestone_id
 ORDER BY number DESC
 LIMIT 1

-- name: progress_claim_unbilled
SELECT id, version, engagement_id, contract_id, milestone_id, number, percent_ppm, before_ppm, currency,
       net_minor, note, state, claimed_by, claimed_by_name, claimed_at, decided_by, decided_by_name,
       decided_at, reason, invoice_id
  FROM progress_claim
 WHERE company = :company AND contract_id = :contract_id AND state = 'accepted'
   AND invoice_id IS NULL AND decided_at < :before
 ORDER BY decided_at, milestone_id, number

-- name: progress_claim_of_contract
SELECT id, version, engagement_id, contract_id, milestone_id, number, percent_ppm, before_ppm, currency,
       net_minor, note, state, claimed_by, claimed_by_name, claimed_at, decided_by, decided_by_name,
       decided_at, reason, invoice_id
  FROM progress_claim
 WHERE company = :company AND engagement_id = :engagement_id AND contract_id = :contract_id
 ORDER BY milestone_id, number
