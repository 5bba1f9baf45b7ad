-- name: allocation_list_of_payment
SELECT id, version, payment_id, credit_note_id, invoice_id, client_id, currency, amount_minor, state,
       allocated_at, reversed_at, reason
  FROM allocation
 WHERE company = :company AND payment_id = :payment_id
 ORDER BY id

-- name: payment_list_open
SELECT id, version, client_id, number, currency, amount_minor, received_day, method,
       payer_reference, note, state, allocated_minor, refunded_minor, created_at
  FROM payment
 WHERE company = :company AND client_id = :client_id AND state = 'confirmed'
   AND allocated_minor + refunded_minor < amount_minor
 ORDER BY received_day, id

-- name: refund_list_requested
SELECT id, version, payment_id, credit_note_id, client_id, number, currency, amount_minor, reason,
       state, paid_day, created_at
  FROM refund
 WHERE company = :company AND client_id = :client_id AND state = 'requested'
 ORDER BY id
