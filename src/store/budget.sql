-- name: budget_milestones
SELECT id, version, engagement_id, contract_id, number, code, title, description, price_minor, currency,
       tax_category, tax_rate_ppm, start_day, due_day, state, billing, round, deliverables, criteria,
       accepted_at, certificate_id, invoice_id, pricing, carried_criteria, reduction_minor,
       reduction_reason, planned_due_day, claimed_minor, claimed_ppm
  FROM milestone
 WHERE company = :company AND engagement_id = :engagement_id AND contract_id = :contract_id
 ORDER BY number

-- name: budget_documents
SELECT id, version, kind, engagement_id, client_id, contract_id, milestone_id, certificate_id,
       credited_invoice_id, number, reference, state, issue_day, due_day, period_start_day,
       period_end_day, currency, net_minor, tax_minor, total_minor, paid_minor, credited_minor,
       taxes, reason, issued_at, disputed_at
  FROM invoice
 WHERE company = :company AND engagement_id = :engagement_id AND contract_id = :contract_id
 ORDER BY id

-- name: budget_lines
SELECT l.invoice_id, l.number, l.milestone_id, l.certificate_id, l.progress_claim_id, l.description,
       l.quantity, l.unit_price_minor, l.net_minor, l.tax_category, l.tax_rate_ppm
  FROM invoice i
 CROSS JOIN invoice_line l
 WHERE i.company = :company AND i.engagement_id = :engagement_id AND i.contract_id = :contract_id
   AND i.kind = 'invoice'
   AND l.company = i.company AND l.invoice_id = i.id
 ORDER BY i.id, l.number

-- name: budget_periods
SELECT id, engagement_id, contract_id, milestone_id, number, start_day, end_day, bill_day, currency,
       net_minor, invoice_id, billed_at
  FROM billing_period
 WHERE company = :company AND engagement_id = :engagement_id AND contract_id = :contract_id
 ORDER BY milestone_id, number

-- Contracts that are worked on, and those with something outstanding. (An equality of kind would have
-- SQLite read all invoices by it.)
-- name: budget_open_contracts
SELECT c.id AS contract_id, e.id AS engagement_id, e.title AS engagement_title,
       k.id AS client_id, k.name AS client_name
  FROM (SELECT id FROM contract
         WHERE company = :company AND state IN ('active', 'suspended')
         UNION
        SELECT contract_id FROM invoice
         WHERE company = :company AND state IN ('issued', 'part_paid') AND kind <> 'credit_note') o
  JOIN contract c ON c.company = :company AND c.id = o.id
  JOIN engagement e ON e.company = c.company AND e.id = c.engagement_id
  JOIN client k ON k.company = e.company AND k.id = e.client_id
 WHERE :any_client = 1 OR k.id = :client_id
 ORDER BY c.id
 LIMIT :limit

-- A client's invoices that were paid, the latest first, and when the last payment of each came.
-- name: budget_paid_invoices
SELECT i.id, i.number, i.client_id, i.due_day, max(p.received_day) AS paid_day
  FROM invoice i
  JOIN allocation a ON a.company = i.company AND a.invoice_id = i.id AND a.state = 'active'
  JOIN payment p ON p.company = a.company AND p.id = a.payment_id
 WHERE i.company = :company AND i.client_id = :client_id AND i.kind = 'invoice'
   AND i.state = 'paid'
 GROUP BY i.id, i.number, i.client_id, i.due_day
 ORDER BY i.id DESC
 LIMIT :limit
