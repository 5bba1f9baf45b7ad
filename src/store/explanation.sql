-- What was applied to an invoice and is in force.
-- name: explanation_applied
SELECT COALESCE(p.number, n.number) AS number,
       CASE WHEN a.credit_note_id IS NULL THEN 0 ELSE 1 END AS is_credit_note,
       COALESCE(a.payment_id, a.credit_note_id) AS subject_id, a.amount_minor
  FROM allocation a
  LEFT JOIN payment p ON p.company = a.company AND p.id = a.payment_id
  LEFT JOIN invoice n ON n.company = a.company AND n.id = a.credit_note_id
 WHERE a.company = :company AND a.invoice_id = :invoice_id AND a.state = 'active'
 ORDER BY a.id

-- name: explanation_changes
SELECT id, number, title, change_minor
  FROM change_order
 WHERE company = :company AND engagement_id = :engagement_id AND contract_id = :contract_id
   AND state = 'applied'
 ORDER BY applied_number
