-- Each of these gives the rows that break a rule: id, what people call it (name), what it says
-- (stored) and what the rows that it depends on say (found).

-- name: audit_lost_companies
SELECT CAST(h.company AS TEXT) AS name, h.size AS stored
  FROM log_head h
  LEFT JOIN company c ON c.company = h.company
 WHERE c.company IS NULL

-- ---- the ledger -------------------------------------------------------------------------------

-- name: audit_entry_balance
SELECT e.id, e.narrative AS name, CAST(COALESCE(sum(p.amount_minor), 0) AS BIGINT) AS stored,
       CAST(0 AS BIGINT) AS found
  FROM ledger_entry e
  LEFT JOIN ledger_posting p ON p.company = e.company AND p.entry_id = e.id
 WHERE e.company = :company
 GROUP BY e.id, e.narrative
HAVING count(p.number) < 2 OR sum(p.amount_minor) <> 0
 LIMIT :limit

-- name: audit_currency_balance
SELECT e.currency AS name, CAST(sum(p.amount_minor) AS BIGINT) AS stored,
       CAST(0 AS BIGINT) AS found
  FROM ledger_posting p
  JOIN ledger_entry e ON e.company = p.company AND e.id = p.entry_id
 WHERE p.company = :company
 GROUP BY e.currency
HAVING sum(p.amount_minor) <> 0
 LIMIT :limit

-- name: audit_invoice_entry
SELECT i.id, i.number AS name,
       CAST(CASE i.kind WHEN 'invoice' THEN i.total_minor ELSE - i.total_minor END AS BIGINT)
           AS stored,
       CAST(COALESCE(p.amount_minor, 0) AS BIGINT) AS found
  FROM invoice i
  LEFT JOIN ledger_entry e
    ON e.company = i.company AND e.id = i.id AND e.kind = i.kind AND e.source_id = i.id
   AND e.source_kind = 'invoice' AND e.currency = i.currency
  LEFT JOIN ledger_posting p
    ON p.company = e.company AND p.entry_id = e.id AND p.client_id = i.client_id
   AND p.account = CASE i.kind WHEN 'invoice' THEN 'receivable' ELSE 'client_credit' END
 WHERE i.company = :company
   AND (e.id IS NULL
        OR COALESCE(p.amount_minor, 0)
           <> CASE i.kind WHEN 'invoice' THEN i.total_minor ELSE - i.total_minor END)
 LIMIT :limit

-- name: audit_payment_entry
SELECT y.id, y.number AS name, y.amount_minor AS stored,
       CAST(COALESCE(p.amount_minor, 0) AS BIGINT) AS found
  FROM payment y
  LEFT JOIN ledger_entry e
    ON e.company = y.company AND e.id = y.id AND e.kind = 'payment' AND e.source_id = y.id
   AND e.source_kind = 'payment' AND e.currency = y.currency
  LEFT JOIN ledger_posting p
    ON p.company = e.company AND p.entry_id = e.id AND p.account = 'bank'
 WHERE y.company = :company AND (e.id IS NULL OR COALESCE(p.amount_minor, 0) <> y.amount_minor)
 LIMIT :limit

-- name: audit_allocation_entry
SELECT a.id, CAST(- a.amount_minor AS BIGINT) AS stored,
       CAST(COALESCE(p.amount_minor, 0) AS BIGINT) AS found
  FROM allocation a
  LEFT JOIN ledger_entry e
    ON e.company = a.company AND e.id = a.id AND e.kind = 'allocation' AND e.source_id = a.id
   AND e.source_kind = 'allocation' AND e.currency = a.currency
  LEFT JOIN ledger_posting p
    ON p.company = e.company AND p.entry_id = e.id AND p.account = 'receivable'
   AND p.client_id = a.client_id
 WHERE a.company = :company AND (e.id IS NULL OR COALESCE(p.amount_minor, 0) <> - a.amount_minor)
 LIMIT :limit

-- name: audit_refund_entry
SELECT r.id, r.number AS name, CAST(- r.amount_minor AS BIGINT) AS stored,
       CAST(COALESCE(p.amount_minor, 0) AS BIGINT) AS found
  FROM refund r
  LEFT JOIN ledger_entry e
    ON e.company = r.company AND e.id = r.id AND e.kind = 'refund_request' AND e.source_id = r.id
   AND e.source_kind = 'refund' AND e.currency = r.currency
  LEFT JOIN ledger_posting p
    ON p.company = e.company AND p.entry_id = e.id AND p.account = 'refunds_payable'
   AND p.client_id = r.client_id
 WHERE r.company = :company AND (e.id IS NULL OR COALESCE(p.amount_minor, 0) <> - r.amount_minor)
 LIMIT :limit

-- name: audit_entry_source
SELECT e.id, e.narrative AS name
  FROM ledger_entry e
  LEFT JOIN invoice i
    ON e.source_kind = 'invoice' AND i.company = e.company AND i.id = e.source_id
  LEFT JOIN payment y
    ON e.source_kind = 'payment' AND y.company = e.company AND y.id = e.source_id
  LEFT JOIN allocation a
    ON e.source_kind = 'allocation' AND a.company = e.company AND a.id = e.source_id
  LEFT JOIN refund r
    ON e.source_kind = 'refund' AND r.company = e.company AND r.id = e.source_id
 WHERE e.company = :company
   AND i.id IS NULL AND y.id IS NULL AND a.id IS NULL AND r.id IS NULL
 LIMIT :limit

-- name: audit_allocation_reversal
SELECT a.id
  FROM allocation a
  LEFT JOIN (SELECT reverses_id FROM ledger_entry
              WHERE company = :company AND reverses_id IS NOT NULL) r ON r.reverses_id = a.id
 WHERE a.company = :company AND (a.state = 'reversed') <> (r.reverses_id IS NOT NULL)
 LIMIT :limit

-- name: audit_payment_reversal
SELECT y.id, y.number AS name
  FROM payment y
  LEFT JOIN (SELECT reverses_id FROM ledger_entry
              WHERE company = :company AND reverses_id IS NOT NULL) r ON r.reverses_id = y.id
 WHERE y.company = :company AND (y.state = 'reversed') <> (r.reverses_id IS NOT NULL)
 LIMIT :limit

-- What clients owe, by the ledger and by their invoices.
-- name: audit_receivable
SELECT t.client_id AS id, CAST(sum(t.booked) AS BIGINT) AS stored,
       CAST(sum(t.owed) AS BIGINT) AS found
  FROM (SELECT p.client_id, e.currency, p.amount_minor AS booked, CAST(0 AS BIGINT) AS owed
          FROM ledger_posting p
          JOIN ledger_entry e ON e.company = p.company AND e.id = p.entry_id
         WHERE p.company = :company AND p.account = 'receivable'
         UNION ALL
        SELECT client_id, currency, CAST(0 AS BIGINT), total_minor - paid_minor - credited_minor
          FROM invoice
         WHERE company = :company AND kind = 'invoice') t
 GROUP BY t.client_id, t.currency
HAVING sum(t.booked) <> sum(t.owed)
 LIMIT :limit

-- What clients have paid or been credited and not used, by the ledger and by the rows.
-- name: audit_client_credit
SELECT t.client_id AS id, CAST(sum(t.booked) AS BIGINT) AS stored,
       CAST(sum(t.held) AS BIGINT) AS found
  FROM (SELECT p.client_id, e.currency, - p.amount_minor AS booked, CAST(0 AS BIGINT) AS held
          FROM ledger_posting p
          JOIN ledger_entry e ON e.company = p.company AND e.id = p.entry_id
         WHERE p.company = :company AND p.account = 'client_credit'
         UNION ALL
        SELECT client_id, currency, CAST(0 AS BIGINT), total_minor - paid_minor
          FROM invoice
         WHERE company = :company AND kind = 'credit_note'
         UNION ALL
        SELECT client_id, currency, CAST(0 AS BIGINT),
               amount_minor - allocated_minor - refunded_minor
          FROM payment
         WHERE company = :company AND state <> 'reversed') t
 GROUP BY t.client_id, t.currency
HAVING sum(t.booked) <> sum(t.held)
 LIMIT :limit

-- name: audit_refunds_payable
SELECT t.client_id AS id, CAST(sum(t.booked) AS BIGINT) AS stored,
       CAST(sum(t.asked) AS BIGINT) AS found
  FROM (SELECT p.client_id, e.currency, - p.amount_minor AS booked, CAST(0 AS BIGINT) AS asked
          FROM ledger_posting p
          JOIN ledger_entry e ON e.company = p.company AND e.id = p.entry_id
         WHERE p.company = :company AND p.account = 'refunds_payable'
         UNION ALL
        SELECT client_id, currency, CAST(0 AS BIGINT), amount_minor
          FROM refund
         WHERE company = :company AND state = 'requested') t
 GROUP BY t.client_id, t.currency
HAVING sum(t.booked) <> sum(t.asked)
 LIMIT :limit

-- What each account moved on a day, as it is kept beside the postings.
-- name: audit_ledger_day
SELECT t.account AS name, CAST(sum(t.kept_debit - t.kept_credit) AS BIGINT) AS stored,
       CAST(sum(t.debit - t.credit) AS BIGINT) AS found
  FROM (SELECT day, account, currency, debit_minor AS kept_debit, credit_minor AS kept_credit,
               CAST(0 AS BIGINT) AS debit, CAST(0 AS BIGINT) AS credit
          FROM ledger_day
         WHERE company = :company
         UNION ALL
        SELECT e.day, p.account, e.currency, CAST(0 AS BIGINT), CAST(0 AS BIGINT),
               CASE WHEN p.amount_minor > 0 THEN p.amount_minor ELSE 0 END,
               CASE WHEN p.amount_minor < 0 THEN - p.amount_minor ELSE 0 END
          FROM ledger_posting p
          JOIN ledger_entry e ON e.company = p.company AND e.id = p.entry_id
         WHERE p.company = :company) t
 GROUP BY t.day, t.account, t.currency
HAVING sum(t.kept_debit) <> sum(t.debit) OR sum(t.kept_credit) <> sum(t.credit)
 LIMIT :limit

-- ---- sums that rows carry ---------------------------------------------------------------------

-- A credit note's share in its own invoice counts as credited, all else as paid.
-- name: audit_invoice_paid
SELECT i.id, i.number AS name, i.paid_minor AS stored,
       CAST(COALESCE(s.amount_minor, 0) AS BIGINT) AS found
  FROM invoice i
  LEFT JOIN (SELECT a.invoice_id, sum(a.amount_minor) AS amount_minor
               FROM allocation a
               LEFT JOIN invoice n ON n.company = a.company AND n.id = a.credit_note_id
              WHERE a.company = :company AND a.state = 'active'
                AND (n.id IS NULL OR n.credited_invoice_id <> a.invoice_id)
              GROUP BY a.invoice_id) s ON s.invoice_id = i.id
 WHERE i.company = :company AND i.kind = 'invoice'
   AND i.paid_minor <> COALESCE(s.amount_minor, 0)
 LIMIT :limit

-- name: audit_invoice_credited
SELECT i.id, i.number AS name, i.credited_minor AS stored,
       CAST(COALESCE(s.amount_minor, 0) AS BIGINT) AS found
  FROM invoice i
  LEFT JOIN (SELECT a.invoice_id, sum(a.amount_minor) AS amount_minor
               FROM allocation a
               JOIN invoice n ON n.company = a.company AND n.id = a.credit_note_id
              WHERE a.company = :company AND a.state = 'active'
                AND n.credited_invoice_id = a.invoice_id
              GROUP BY a.invoice_id) s ON s.invoice_id = i.id
 WHERE i.company = :company AND i.credited_minor <> COALESCE(s.amount_minor, 0)
 LIMIT :limit

-- name: audit_credit_note_used
SELECT i.id, i.number AS name, i.paid_minor AS stored,
       CAST(COALESCE(s.amount_minor, 0) AS BIGINT) AS found
  FROM invoice i
  LEFT JOIN (SELECT t.credit_note_id, sum(t.amount_minor) AS amount_minor
               FROM (SELECT credit_note_id, amount_minor FROM allocation
                      WHERE company = :company AND state = 'active' AND credit_note_id IS NOT NULL
                      UNION ALL
                     SELECT credit_note_id, amount_minor FROM refund
                      WHERE company = :company AND state <> 'cancelled'
                        AND credit_note_id IS NOT NULL) t
              GROUP BY t.credit_note_id) s ON s.credit_note_id = i.id
 WHERE i.company = :company AND i.kind = 'credit_note'
   AND i.paid_minor <> COALESCE(s.amount_minor, 0)
 LIMIT :limit

-- name: audit_credit_notes_of_invoice
SELECT i.id, i.number AS name, i.total_minor AS stored, CAST(sum(n.total_minor) AS BIGINT) AS found
  FROM invoice n
  JOIN invoice i ON i.company = n.company AND i.id = n.credited_invoice_id
 WHERE n.company = :company AND n.kind = 'credit_note'
 GROUP BY i.id, i.number, i.total_minor
HAVING sum(n.total_minor) > i.total_minor
 LIMIT :limit

-- name: audit_payment_allocated
SELECT y.id, y.number AS name, y.allocated_minor AS stored,
       CAST(COALESCE(s.amount_minor, 0) AS BIGINT) AS found
  FROM payment y
  LEFT JOIN (SELECT payment_id, sum(amount_minor) AS amount_minor
               FROM allocation
              WHERE company = :company AND state = 'active' AND payment_id IS NOT NULL
              GROUP BY payment_id) s ON s.payment_id = y.id
 WHERE y.company = :company AND y.allocated_minor <> COALESCE(s.amount_minor, 0)
 LIMIT :limit

-- name: audit_payment_refunded
SELECT y.id, y.number AS name, y.refunded_minor AS stored,
       CAST(COALESCE(s.amount_minor, 0) AS BIGINT) AS found
  FROM payment y
  LEFT JOIN (SELECT payment_id, sum(amount_minor) AS amount_minor
               FROM refund
              WHERE company = :company AND state <> 'cancelled' AND payment_id IS NOT NULL
              GROUP BY payment_id) s ON s.payment_id = y.id
 WHERE y.company = :company AND y.refunded_minor <> COALESCE(s.amount_minor, 0)
 LIMIT :limit

-- ---- what money stands on ---------------------------------------------------------------------

-- From each line back to what both sides signed: by an acceptance, by progress that was accepted, or by
-- a period that was agreed.
-- name: audit_line_chain
SELECT l.invoice_id AS id, i.number AS name, l.number AS stored, l.number AS found
  FROM invoice_line l
  LEFT JOIN invoice i ON i.company = l.company AND i.id = l.invoice_id
  LEFT JOIN milestone m
    ON m.company = l.company AND m.id = l.milestone_id AND m.contract_id = i.contract_id
   AND m.engagement_id = i.engagement_id
  LEFT JOIN contract k
    ON k.company = m.company AND k.id = m.contract_id AND k.active_at IS NOT NULL
   AND k.currency = i.currency
 WHERE l.company = :company
   AND (k.id IS NULL
        OR NOT EXISTS (SELECT 1 FROM signature g
                        WHERE g.company = k.company AND g.contract_id = k.id
                          AND g.state = 'signed' AND g.side = 'client')
        OR (l.certificate_id IS NOT NULL
            AND NOT EXISTS (SELECT 1
                              FROM certificate c
                              JOIN submission s
                                ON s.company = c.company AND s.id = c.submission_id
                               AND s.milestone_id = c.milestone_id
                               AND s.state IN ('accepted', 'deemed_accepted')
                             WHERE c.company = l.company AND c.id = l.certificate_id
                               AND c.milestone_id = l.milestone_id))
        OR (l.progress_claim_id IS NOT NULL
            AND (l.certificate_id IS NOT NULL
                 OR NOT EXISTS (SELECT 1
                                  FROM progress_claim p
                                 WHERE p.company = l.company AND p.id = l.progress_claim_id
                                   AND p.milestone_id = l.milestone_id AND p.state = 'accepted'
                                   AND p.invoice_id = COALESCE(i.credited_invoice_id, i.id))))
        OR (l.certificate_id IS NULL AND l.progress_claim_id IS NULL
            AND NOT EXISTS (SELECT 1
                              FROM billing_period p
                             WHERE p.company = l.company AND p.milestone_id = l.milestone_id
                               AND p.invoice_id = COALESCE(i.credited_invoice_id, i.id))
            AND NOT EXISTS (SELECT 1
                              FROM progress_claim p
                             WHERE p.company = l.company AND p.milestone_id = l.milestone_id
                               AND p.state = 'accepted'
                               AND p.invoice_id = COALESCE(i.credited_invoice_id, i.id))))
 LIMIT :limit

-- name: audit_billing_period
SELECT p.id, m.code AS name, p.net_minor AS stored, COALESCE(l.net_minor, 0) AS found
  FROM billing_period p
  LEFT JOIN milestone m
    ON m.company = p.company AND m.id = p.milestone_id AND m.pricing = 'recurring'
   AND m.contract_id = p.contract_id
  LEFT JOIN invoice i
    ON i.company = p.company AND i.id = p.invoice_id AND i.kind = 'invoice'
   AND i.issue_day = p.bill_day AND i.period_start_day = p.start_day
   AND i.period_end_day = p.end_day
  LEFT JOIN invoice_line l
    ON l.company = i.company AND l.invoice_id = i.id AND l.milestone_id = p.milestone_id
 WHERE p.company = :company
   AND (m.id IS NULL OR COALESCE(l.net_minor, 0) <> p.net_minor)
 LIMIT :limit

-- An accepted one is billed by a line of its own, or a job waits to bill its month, and only an accepted
-- one. Each goes on where the one that was accepted before ended. A line from before it named its
-- claim is the only one of its invoice.
-- name: audit_progress_claim
SELECT p.id, m.code AS name, p.net_minor AS stored, COALESCE(l.net_minor, 0) AS found
  FROM progress_claim p
  LEFT JOIN milestone m
    ON m.company = p.company AND m.id = p.milestone_id AND m.pricing = 'progress'
   AND m.contract_id = p.contract_id
  LEFT JOIN invoice i
    ON i.company = p.company AND i.id = p.invoice_id AND i.kind = 'invoice'
   AND i.currency = p.currency
  LEFT JOIN invoice_line l
    ON l.company = i.company AND l.invoice_id = i.id AND l.milestone_id = p.milestone_id
   AND l.certificate_id IS NULL AND COALESCE(l.progress_claim_id, p.id) = p.id
 WHERE p.company = :company
   AND ((p.state = 'accepted'
         AND (m.id IS NULL
              OR (p.invoice_id IS NULL
                  AND NOT EXISTS (SELECT 1 FROM job j
                                   WHERE j.company = p.company AND j.subject_id = p.contract_id
                                     AND j.kind = 'bill_month' AND j.due_at > p.decided_at))
              OR (p.invoice_id IS NOT NULL AND COALESCE(l.net_minor, 0) <> p.net_minor)
              OR p.percent_ppm <= p.before_ppm OR p.percent_ppm > 1000000
              OR p.before_ppm <> COALESCE((SELECT max(b.percent_ppm)
                                             FROM progress_claim b
                                            WHERE b.company = p.company
                                              AND b.milestone_id = p.milestone_id
                                              AND b.state = 'accepted'
                                              AND b.number < p.number), 0)))
        OR (p.state <> 'accepted' AND p.invoice_id IS NOT NULL))
 LIMIT :limit

-- Where several had to approve, the last approval is the decision, and all of them are of its milestone. If a
-- change order asks for one alone before that, the decision is no approval and comes after them.
-- name: audit_progress_approval
SELECT p.id, m.code AS name, CAST(count(*) AS BIGINT) AS stored,
       CAST(max(a.sequence) AS BIGINT) AS found
  FROM progress_approval a
  JOIN progress_claim p ON p.company = a.company AND p.id = a.progress_claim_id
  LEFT JOIN milestone m ON m.company = p.company AND m.id = p.milestone_id
 WHERE a.company = :company
 GROUP BY p.id, m.code, p.state
HAVING count(*) <> max(a.sequence)
    OR sum(CASE WHEN a.milestone_id <> p.milestone_id OR a.approved_at < p.claimed_at
                  OR (p.state = 'accepted' AND a.approved_at > p.decided_at) THEN 1
                ELSE 0 END) > 0
    OR (p.state = 'accepted'
        AND sum(CASE WHEN a.approved_by = p.decided_by AND a.approved_at = p.decided_at
                     THEN a.sequence ELSE 0 END) NOT IN (0, max(a.sequence)))
 LIMIT :limit

-- name: audit_progress_sum
SELECT m.id, m.code AS name, COALESCE(m.claimed_minor, 0) AS stored,
       CAST(COALESCE(s.net_minor, 0) AS BIGINT) AS found
  FROM milestone m
  LEFT JOIN (SELECT milestone_id, sum(net_minor) AS net_minor, max(percent_ppm) AS percent_ppm
               FROM progress_claim
              WHERE company = :company AND state = 'accepted'
              GROUP BY milestone_id) s ON s.milestone_id = m.id
 WHERE m.company = :company
   AND (COALESCE(m.claimed_minor, 0) <> COALESCE(s.net_minor, 0)
        OR COALESCE(m.claimed_ppm, 0) <> COALESCE(s.percent_ppm, 0)
        OR COALESCE(m.claimed_minor, 0) > m.price_minor - COALESCE(m.reduction_minor, 0))
 LIMIT :limit

-- Where a change order lowers what was billed, the credits that it lists are for audit/changes.c.
-- name: audit_milestone_billed
SELECT m.id, m.code AS name, m.price_minor - COALESCE(m.reduction_minor, 0) AS stored,
       CAST(b.net_minor AS BIGINT) AS found
  FROM (SELECT l.milestone_id,
               sum(CASE i.kind WHEN 'invoice' THEN l.net_minor ELSE - l.net_minor END) AS net_minor
          FROM invoice_line l
          JOIN invoice i ON i.company = l.company AND i.id = l.invoice_id
         WHERE l.company = :company AND l.milestone_id IS NOT NULL
         GROUP BY l.milestone_id) b
  JOIN milestone m ON m.company = :company AND m.id = b.milestone_id
 WHERE b.net_minor > m.price_minor - COALESCE(m.reduction_minor, 0)
   AND NOT EXISTS (SELECT 1 FROM change_order o
                    WHERE o.company = m.company AND o.contract_id = m.contract_id
                      AND o.state = 'applied' AND o.credits <> '[]')
 LIMIT :limit

-- What bills an acceptance: the signed price less the agreed reduction and what was claimed. Where a change order has set
-- another price since, the line keeps the old one.
-- name: audit_line_price
SELECT l.invoice_id AS id, i.number AS name,
       m.price_minor - COALESCE(m.reduction_minor, 0) - COALESCE(m.claimed_minor, 0) AS stored,
       l.net_minor AS found
  FROM invoice_line l
  JOIN invoice i ON i.company = l.company AND i.id = l.invoice_id AND i.kind = 'invoice'
  JOIN milestone m ON m.company = l.company AND m.id = l.milestone_id
 WHERE l.company = :company AND l.certificate_id IS NOT NULL
   AND l.net_minor <> m.price_minor - COALESCE(m.reduction_minor, 0) - COALESCE(m.claimed_minor, 0)
   AND NOT EXISTS (SELECT 1 FROM change_order o
                    WHERE o.company = m.company AND o.contract_id = m.contract_id
                      AND o.state = 'applied')
 LIMIT :limit

-- name: audit_price_reduction
SELECT m.id, m.code AS name, m.reduction_minor AS stored, r.amount_minor AS found
  FROM milestone m
  LEFT JOIN price_reduction r
    ON r.company = m.company AND r.milestone_id = m.id AND r.state = 'agreed'
 WHERE m.company = :company AND m.reduction_minor IS NOT NULL
   AND (r.id IS NULL OR r.amount_minor <> m.reduction_minor OR r.reason <> m.reduction_reason
        OR r.currency <> m.currency OR m.reduction_minor > m.price_minor)
 LIMIT :limit

-- name: audit_dispute
SELECT s.id, m.code AS name
  FROM submission s
  JOIN milestone m ON m.company = s.company AND m.id = s.milestone_id
 WHERE s.company = :company
   AND (s.disputed_at IS NOT NULL) <> EXISTS (SELECT 1 FROM dispute d
                                               WHERE d.company = s.company
                                                 AND d.submission_id = s.id AND d.state = 'open')
 LIMIT :limit

-- name: audit_invoice_objection
SELECT i.id, i.number AS name
  FROM invoice i
 WHERE i.company = :company
   AND (i.disputed_at IS NOT NULL) <> EXISTS (SELECT 1
                                                FROM dispute d
                                                JOIN milestone m ON m.company = d.company
                                                                AND m.id = d.milestone_id
                                               WHERE d.company = i.company
                                                 AND d.engagement_id = i.engagement_id
                                                 AND d.state = 'open' AND d.kind = 'objection'
                                                 AND m.invoice_id = i.id)
 LIMIT :limit

-- An objection is the client's, to what silence has accepted; what was conceded is credited, of that
-- milestone and no more.
-- name: audit_objection
SELECT d.id, m.code AS name
  FROM dispute d
  JOIN milestone m ON m.company = d.company AND m.id = d.milestone_id
  JOIN submission s ON s.company = d.company AND s.id = d.submission_id
 WHERE d.company = :company AND d.kind = 'objection'
   AND (d.side <> 'client' OR s.state <> 'deemed_accepted' OR d.currency <> m.currency
        OR (d.credit_note_id IS NOT NULL)
           <> (d.state = 'resolved' AND COALESCE(d.credit_minor, 0) > 0)
        OR (d.credit_note_id IS NOT NULL
            AND d.credit_minor <> COALESCE((SELECT sum(l.net_minor)
                                              FROM invoice n
                                              JOIN invoice_line l ON l.company = n.company
                                                                 AND l.invoice_id = n.id
                                             WHERE n.company = d.company
                                               AND n.id = d.credit_note_id
                                               AND n.kind = 'credit_note'
                                               AND l.milestone_id = d.milestone_id), 0)))
 LIMIT :limit

-- name: audit_milestone_certificate
SELECT m.id, m.code AS name
  FROM milestone m
  LEFT JOIN certificate c
    ON c.company = m.company AND c.id = m.certificate_id AND c.milestone_id = m.id
   AND c.kind = m.state
 WHERE m.company = :company
   AND (m.state IN ('accepted', 'deemed_accepted')) <> (c.id IS NOT NULL)
 LIMIT :limit

-- The sum to date: as signed, and what applied change orders made of it. What is cancelled has no
-- part in it.
-- name: audit_contract_milestones
SELECT k.id, k.number AS name, CAST(k.sum_to_date AS BIGINT) AS stored,
       CAST(k.milestones AS BIGINT) AS found
  FROM (SELECT c.id, c.number,
               c.sum_minor + COALESCE((SELECT sum(o.change_minor)
                                         FROM change_order o
                                        WHERE o.company = c.company AND o.contract_id = c.id
                                          AND o.state = 'applied'), 0) AS sum_to_date,
               COALESCE((SELECT sum(m.price_minor)
                           FROM milestone m
                          WHERE m.company = c.company AND m.engagement_id = c.engagement_id
                            AND m.contract_id = c.id AND m.state <> 'cancelled'), 0) AS milestones
          FROM contract c
         WHERE c.company = :company AND c.active_at IS NOT NULL) k
 WHERE k.sum_to_date <> k.milestones
 LIMIT :limit

-- Each applied order is based on the one that was applied before it, the first on the contract.
-- name: audit_change_chain
SELECT o.id, o.title AS name, o.applied_number AS stored,
       COALESCE(b.applied_number, 0) + 1 AS found
  FROM change_order o
  LEFT JOIN change_order b ON b.company = o.company AND b.id = o.based_on_id
   AND b.contract_id = o.contract_id AND b.state = 'applied'
 WHERE o.company = :company AND o.state = 'applied'
   AND (o.applied_number <> COALESCE(b.applied_number, 0) + 1
        OR (o.based_on_id IS NOT NULL AND b.id IS NULL))
 LIMIT :limit

-- ---- papers ------------------------------------------------------------------------------------

-- name: audit_invoice_paper
SELECT i.id, i.number AS name
  FROM invoice i
  LEFT JOIN document d ON d.company = i.company AND d.subject_id = i.id AND d.kind = 'invoice'
 WHERE i.company = :company AND d.subject_id IS NULL
 LIMIT :limit

-- name: audit_certificate_paper
SELECT c.id
  FROM certificate c
  LEFT JOIN document d ON d.company = c.company AND d.subject_id = c.id AND d.kind = 'certificate'
 WHERE c.company = :company AND d.subject_id IS NULL
 LIMIT :limit

-- name: audit_contract_paper
SELECT k.id, k.number AS name
  FROM contract k
  LEFT JOIN document d ON d.company = k.company AND d.subject_id = k.id AND d.kind = 'contract'
  LEFT JOIN document s
    ON s.company = k.company AND s.subject_id = k.id AND s.kind = 'contract_signed'
 WHERE k.company = :company
   AND ((k.sent_at IS NOT NULL AND d.subject_id IS NULL)
        OR (k.active_at IS NOT NULL AND s.subject_id IS NULL))
 LIMIT :limit

-- name: audit_shared_file
SELECT d.subject_id AS id, d.name
  FROM (SELECT file_hash
          FROM document
         WHERE company = :company AND file_hash IS NOT NULL
         GROUP BY file_hash
        HAVING count(*) > 1) f
  JOIN document d ON d.company = :company AND d.file_hash = f.file_hash
 LIMIT :limit

-- name: audit_around_invoice
SELECT k.number AS contract_number, k.sum_minor, m.code AS milestone_code,
       COALESCE(c.accepted_at, p.decided_at) AS accepted_at, n.number AS corrects
  FROM invoice i
  LEFT JOIN contract k ON k.company = i.company AND k.id = i.contract_id
  LEFT JOIN milestone m ON m.company = i.company AND m.id = i.milestone_id
  LEFT JOIN certificate c ON c.company = i.company AND c.id = i.certificate_id
  LEFT JOIN invoice n ON n.company = i.company AND n.id = i.credited_invoice_id
  LEFT JOIN progress_claim p
    ON p.company = i.company AND p.milestone_id = i.milestone_id AND p.invoice_id = i.id
 WHERE i.company = :company AND i.id = :id

-- name: audit_around_milestone
SELECT k.number AS contract_number, k.sum_minor, m.code AS milestone_code, m.accepted_at
  FROM milestone m
  LEFT JOIN contract k ON k.company = m.company AND k.id = m.contract_id
 WHERE m.company = :company AND m.id = :id

-- name: audit_leaves_of_subject
SELECT position, event, subject_id, engagement_id, at, hash, salt, payload, payload_hash, erased_at
  FROM leaf
 WHERE company = :company AND subject_id = :subject_id AND engagement_id IS NULL
 ORDER BY position
 LIMIT :limit

-- name: audit_position_papers
SELECT subject_id, kind, engagement_id, snapshot, snapshot_hash, file_hash, made_at, name
  FROM document
 WHERE company = :company AND engagement_id = :engagement_id
   AND kind IN ('certificate', 'invoice', 'change_order_signed')

-- The leaf is -1 where the log has none: it was accepted before an import.
-- name: audit_accepted_progress
SELECT p.contract_id, p.milestone_id, p.net_minor, COALESCE(l.position, -1) AS leaf
  FROM progress_claim p
  LEFT JOIN (SELECT subject_id, min(position) AS position
               FROM leaf
              WHERE company = :company AND engagement_id = :engagement_id
                AND event = 'progress_claim.accepted'
              GROUP BY subject_id) l ON l.subject_id = p.id
 WHERE p.company = :company AND p.engagement_id = :engagement_id AND p.state = 'accepted'

-- name: audit_dependency_codes
SELECT m.code, a.code AS after
  FROM milestone m
  JOIN milestone_dependency d ON d.company = m.company AND d.milestone_id = m.id
  JOIN milestone a ON a.company = d.company AND a.id = d.after_id
 WHERE m.company = :company AND m.contract_id = :contract_id
 ORDER BY m.code, a.code

-- ---- papers and numbers -----------------------------------------------------------------------

-- name: audit_documents
SELECT subject_id AS id, kind AS name
  FROM document
 WHERE company = :company AND (subject_id, kind) > (:after_subject, :after_kind)
 ORDER BY subject_id, kind
 LIMIT :limit

-- name: audit_series
SELECT kind AS name, year AS stored, next AS found
  FROM number_series
 WHERE company = :company
 ORDER BY kind, year

-- name: audit_numbers_of_invoice
SELECT id, number AS name FROM invoice
 WHERE company = :company AND kind = 'invoice' AND number > :after
 ORDER BY number LIMIT :limit

-- name: audit_numbers_of_credit_note
SELECT id, number AS name FROM invoice
 WHERE company = :company AND kind = 'credit_note' AND number > :after
 ORDER BY number LIMIT :limit

-- name: audit_numbers_of_contract
SELECT id, number AS name FROM contract
 WHERE company = :company AND number > :after
 ORDER BY number LIMIT :limit

-- name: audit_numbers_of_payment
SELECT id, number AS name FROM payment
 WHERE company = :company AND number > :after
 ORDER BY number LIMIT :limit

-- name: audit_numbers_of_refund
SELECT id, number AS name FROM refund
 WHERE company = :company AND number > :after
 ORDER BY number LIMIT :limit
