-- name: change_order_of_contract
SELECT o.id, o.version, o.number, o.revision, o.state, o.based_on_id, o.start_day, o.applied_number
  FROM change_order o
 WHERE o.company = :company AND o.contract_id = :contract_id
 ORDER BY o.number, o.revision

-- name: change_order_plan
SELECT plan, currency
  FROM change_order
 WHERE company = :company AND id = :id

-- name: change_order_with_plan
SELECT id, number, plan, currency, sum_after_minor, credits, applied_at
  FROM change_order
 WHERE company = :company AND contract_id = :contract_id AND state = 'applied'
 ORDER BY applied_number

-- name: change_signature_of_order
SELECT id, version, change_order_id, engagement_id, sequence, side, signer_kind, signer_id, name, role,
       state, consent, document_hash, method, address, user_agent, signed_at, reason
  FROM change_signature
 WHERE company = :company AND change_order_id = :change_order_id
 ORDER BY sequence

-- name: change_order_billed
SELECT i.id, i.number, l.milestone_id,
       CAST(sum(l.net_minor)
            - COALESCE((SELECT sum(nl.net_minor)
                          FROM invoice n
                          JOIN invoice_line nl ON nl.company = n.company AND nl.invoice_id = n.id
                         WHERE n.company = i.company
                           AND n.engagement_id = i.engagement_id
                           AND n.credited_invoice_id = i.id
                           AND nl.milestone_id = l.milestone_id), 0) AS BIGINT) AS net_minor
  FROM invoice i
  JOIN invoice_line l ON l.company = i.company AND l.invoice_id = i.id
 WHERE i.company = :company AND i.engagement_id = :engagement_id
   AND i.contract_id = :contract_id AND i.kind = 'invoice'
 GROUP BY i.company, i.engagement_id, i.id, i.number, l.milestone_id
 ORDER BY i.id, l.milestone_id

-- name: milestone_of_contract
SELECT id, version, engagement_id, contract_id, number, code, title, description, price_minor,
       currency, tax_category, tax_rate_ppm, start_day, due_day, state, billing, round, deliverables,
       criteria, accepted_at, certificate_id, invoice_id, pricing, carried_criteria,
       reduction_minor, reduction_reason, planned_due_day, claimed_minor, claimed_ppm
  FROM milestone
 WHERE company = :company AND engagement_id = :engagement_id AND contract_id = :contract_id
 ORDER BY number

-- name: milestone_dependency_delete
DELETE FROM milestone_dependency
 WHERE company = :company AND milestone_id = :milestone_id
