-- name: billing_period_list
SELECT id, engagement_id, contract_id, milestone_id, number, start_day, end_day, bill_day, currency,
       net_minor, invoice_id, billed_at
  FROM billing_period
 WHERE company = :company AND milestone_id = :milestone_id
 ORDER BY number

-- name: billing_period_of_contract
SELECT id, engagement_id, contract_id, milestone_id, number, start_day, end_day, bill_day, currency,
       net_minor, invoice_id, billed_at
  FROM billing_period
 WHERE company = :company AND engagement_id = :engagement_id AND contract_id = :contract_id
 ORDER BY milestone_id, number

-- name: billing_period_count
SELECT count(*) FROM billing_period
 WHERE company = :company AND milestone_id = :milestone_id AND number = :number
