-- name: contract_standing
SELECT id, version, engagement_id, proposal_id, number, state, plan, currency, sum_minor, document,
       document_hash, sent_at, active_at, ended_at, reason, created_at
  FROM contract
 WHERE company = :company AND engagement_id = :engagement_id
   AND state NOT IN ('declined', 'terminated')
 ORDER BY id DESC
 LIMIT 1

-- name: signature_of_contract
SELECT id, version, contract_id, engagement_id, sequence, side, signer_kind, signer_id, name, role,
       state, consent, document_hash, method, address, user_agent, signed_at, reason
  FROM signature
 WHERE company = :company AND contract_id = :contract_id
 ORDER BY sequence

-- What keeps an engagement open, counted.
-- name: engagement_unfinished
SELECT (SELECT count(*)
          FROM milestone
         WHERE company = :company AND engagement_id = :engagement_id
           AND state NOT IN ('accepted', 'deemed_accepted', 'cancelled')) AS milestones,
       (SELECT count(*)
          FROM milestone m
         WHERE m.company = :company AND m.engagement_id = :engagement_id
           AND m.pricing = 'recurring' AND m.state <> 'cancelled'
           AND m.price_minor > (SELECT COALESCE(sum(b.net_minor), 0)
                                  FROM billing_period b
                                 WHERE b.company = m.company AND b.milestone_id = m.id)) AS recurring,
       (SELECT count(*)
          FROM change_order
         WHERE company = :company AND engagement_id = :engagement_id
           AND state IN ('proposed', 'partly_signed', 'approved')) AS change_orders
