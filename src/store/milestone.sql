-- name: milestone_predecessors
SELECT m.id, m.number, m.code, m.title, m.due_day, m.state
  FROM milestone_dependency d
  JOIN milestone m ON m.company = d.company AND m.id = d.after_id
 WHERE d.company = :company AND d.milestone_id = :milestone_id
 ORDER BY m.number

-- name: milestone_successors
SELECT m.id, m.number, m.code, m.title, m.due_day, m.state
  FROM milestone_dependency d
  JOIN milestone m ON m.company = d.company AND m.id = d.milestone_id
 WHERE d.company = :company AND d.after_id = :milestone_id
 ORDER BY m.number

-- name: milestone_freed
SELECT m.id, m.version, m.engagement_id, m.contract_id, m.number, m.code, m.title, m.description,
       m.price_minor, m.currency, m.tax_category, m.tax_rate_ppm, m.start_day, m.due_day, m.state,
       m.billing, m.round, m.deliverables, m.criteria, m.accepted_at, m.certificate_id, m.invoice_id,
       m.pricing, m.carried_criteria, m.reduction_minor, m.reduction_reason, m.planned_due_day,
       m.claimed_minor, m.claimed_ppm
  FROM milestone_dependency d
  JOIN milestone m ON m.company = d.company AND m.id = d.milestone_id
 WHERE d.company = :company AND d.after_id = :milestone_id AND m.state = 'planned'
   AND NOT EXISTS (SELECT 1
                     FROM milestone_dependency o
                     JOIN milestone p ON p.company = o.company AND p.id = o.after_id
                    WHERE o.company = m.company AND o.milestone_id = m.id
                      AND o.after_id <> :milestone_id
                      AND p.state NOT IN ('accepted', 'deemed_accepted'))
 ORDER BY m.number

-- The milestones whose latest invoice it is.
-- name: milestone_of_invoice
SELECT id, version, engagement_id, contract_id, number, code, title, description, price_minor, currency,
       tax_category, tax_rate_ppm, start_day, due_day, state, billing, round, deliverables, criteria,
       accepted_at, certificate_id, invoice_id, pricing,
       carried_criteria, reduction_minor, reduction_reason, planned_due_day, claimed_minor, claimed_ppm
  FROM milestone
 WHERE company = :company AND engagement_id = :engagement_id AND invoice_id = :invoice_id
 ORDER BY number

-- name: milestone_billable
SELECT id, version, engagement_id, contract_id, number, code, title, description, price_minor, currency,
       tax_category, tax_rate_ppm, start_day, due_day, state, billing, round, deliverables, criteria,
       accepted_at, certificate_id, invoice_id, pricing,
       carried_criteria, reduction_minor, reduction_reason, planned_due_day, claimed_minor, claimed_ppm
  FROM milestone
 WHERE company = :company AND engagement_id = :engagement_id AND contract_id = :contract_id
   AND billing = 'billable' AND accepted_at < :before
   AND price_minor > COALESCE(reduction_minor, 0) + COALESCE(claimed_minor, 0)
 ORDER BY accepted_at, number

-- name: milestone_by_code
SELECT id, version, engagement_id, contract_id, number, code, title, description, price_minor, currency,
       tax_category, tax_rate_ppm, start_day, due_day, state, billing, round, deliverables, criteria,
       accepted_at, certificate_id, invoice_id, pricing, carried_criteria,
       reduction_minor, reduction_reason, planned_due_day, claimed_minor, claimed_ppm
  FROM milestone
 WHERE company = :company AND engagement_id = :engagement_id AND contract_id = :contract_id
   AND code = :code
