-- name: invoice_line_insert
INSERT INTO invoice_line (company, invoice_id, number, milestone_id, certificate_id,
                          progress_claim_id, description, quantity, unit_price_minor, net_minor,
                          tax_category, tax_rate_ppm)
VALUES (:company, :invoice_id, :number, :milestone_id, :certificate_id, :progress_claim_id,
        :description, :quantity, :unit_price_minor, :net_minor, :tax_category, :tax_rate_ppm)

-- name: invoice_line_list
SELECT invoice_id, number, milestone_id, certificate_id, progress_claim_id, description, quantity,
       unit_price_minor, net_minor, tax_category, tax_rate_ppm
  FROM invoice_line
 WHERE company = :company AND invoice_id = :invoice_id
 ORDER BY number

-- name: invoice_line_list_of_credits
SELECT l.invoice_id, l.number, l.milestone_id, l.certificate_id, l.progress_claim_id, l.description,
       l.quantity, l.unit_price_minor, l.net_minor, l.tax_category, l.tax_rate_ppm
  FROM invoice n
 CROSS JOIN invoice_line l
 WHERE n.company = :company AND n.credited_invoice_id = :invoice_id
   AND l.company = n.company AND l.invoice_id = n.id
 ORDER BY n.id, l.number

-- name: invoice_list_credits
SELECT id, version, kind, engagement_id, client_id, contract_id, milestone_id, certificate_id,
       credited_invoice_id, number, reference, state, issue_day, due_day, period_start_day,
       period_end_day, currency, net_minor, tax_minor, total_minor, paid_minor, credited_minor,
       taxes, reason, issued_at, disputed_at
  FROM invoice
 WHERE company = :company AND credited_invoice_id = :invoice_id
 ORDER BY id

-- Invoices with something outstanding, and credit notes with a rest.
-- name: invoice_list_open
SELECT id, version, kind, engagement_id, client_id, contract_id, milestone_id, certificate_id,
       credited_invoice_id, number, reference, state, issue_day, due_day, period_start_day,
       period_end_day, currency, net_minor, tax_minor, total_minor, paid_minor, credited_minor,
       taxes, reason, issued_at, disputed_at
  FROM invoice
 WHERE company = :company AND client_id = :client_id AND state IN ('issued', 'part_paid')
 ORDER BY due_day, number
 LIMIT :limit

-- name: invoice_list_to_pay
SELECT id, version, kind, engagement_id, client_id, contract_id, milestone_id, certificate_id,
       credited_invoice_id, number, reference, state, issue_day, due_day, period_start_day,
       period_end_day, currency, net_minor, tax_minor, total_minor, paid_minor, credited_minor,
       taxes, reason, issued_at, disputed_at
  FROM invoice
 WHERE company = :company AND client_id = :client_id AND state IN ('issued', 'part_paid')
   AND kind = 'invoice' AND currency = :currency
 ORDER BY due_day, number
 LIMIT :limit

-- name: invoice_find_number
SELECT id, version, kind, engagement_id, client_id, contract_id, milestone_id, certificate_id,
       credited_invoice_id, number, reference, state, issue_day, due_day, period_start_day,
       period_end_day, currency, net_minor, tax_minor, total_minor, paid_minor, credited_minor,
       taxes, reason, issued_at, disputed_at
  FROM invoice
 WHERE company = :company AND kind = 'invoice' AND number = :number
