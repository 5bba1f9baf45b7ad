-- None of these asks who looks: a client's signature freezes an estimate that it never sees.

-- name: estimate_of_proposal
SELECT id, version, engagement_id, proposal_id, rate_card_id, currency, day_minutes,
       contingency_ppm, milestones, rates, frozen_at, created_at
  FROM estimate
 WHERE company = :company AND proposal_id = :proposal_id

-- name: estimate_frozen
SELECT id, version, engagement_id, proposal_id, rate_card_id, currency, day_minutes,
       contingency_ppm, milestones, rates, frozen_at, created_at
  FROM estimate
 WHERE company = :company AND engagement_id = :engagement_id AND frozen_at IS NOT NULL
 ORDER BY frozen_at DESC
 LIMIT 1

-- name: estimate_rate_card
SELECT id, version, name, currency, rates, created_at
  FROM rate_card
 WHERE company = :company AND id = :id
