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

-- What a credit note was used for: the client is there for the index.
-- name: explanation_spent
SELECT i.number, 0 AS is_refund, i.id AS subject_id, a.amount_minor
  FROM allocation a
  JOIN invoice i ON i.company = a.company AND i.id = a.invoice_id
 WHERE a.company = :company AND a.credit_note_id = :credit_note_id AND a.state = 'active'
 UNION ALL
SELECT number, 1 AS is_refund, id AS subject_id, amount_minor
  FROM refund
 WHERE company = :company AND client_id = :client_id AND credit_note_id = :credit_note_id
   AND state <> 'cancelled'
 ORDER BY is_refund, number

-- name: explanation_changes
SELECT id, number, title, change_minor
  FROM change_order
 WHERE company = :company AND engagement_id = :engagement_id AND contract_id = :contract_id
   AND state = 'applied'
 ORDER BY applied_number
