-- CROSS JOIN joins in the order that is written: what is open first.
-- What waits for somebody, of engagements that are worked on, and defects that are not corrected, what is objected to
-- or still to be paid of any. An invoice that rests waits for the objection, and a defect of what was refused for the next round.
-- The last word about a requirement waits for the other side until the requirement is revised or confirmed after it.
-- name: turn_list
WITH o AS (
    SELECT e.id, e.title, e.currency, k.id AS client_id, k.name AS client_name, e.state,
           e.created_at
      FROM engagement e
      JOIN client k ON k.company = e.company AND k.id = e.client_id
     WHERE e.company = :company AND e.state NOT IN ('completed', 'terminated')
       AND (:viewer_is_agency = 1 OR e.client_id = :viewer_client)
       AND (:any_engagement = 1 OR e.id = :engagement_id))
SELECT 'confirm_requirements' AS kind, CAST(NULL AS TEXT) AS side, CAST(NULL AS TEXT) AS person,
       o.id AS engagement_id, o.title AS engagement_title, o.client_id, o.client_name,
       o.id AS subject_id, CAST(NULL AS TEXT) AS label, max(r.created_at) AS since_at,
       CAST(NULL AS BIGINT) AS due_day, CAST(NULL AS BIGINT) AS deadline_at, o.currency,
       CAST(NULL AS BIGINT) AS amount_minor
  FROM o
 CROSS JOIN requirement r
 WHERE r.company = :company AND r.engagement_id = o.id
   AND r.state = 'current' AND r.confirmed_at IS NULL
 GROUP BY o.id, o.title, o.client_id, o.client_name, o.currency
 UNION ALL
SELECT 'answer_comment', CASE w.author_kind WHEN 'contact' THEN 'agency' ELSE 'client' END, NULL,
       o.id, o.title, o.client_id, o.client_name, r.id, r.code, w.created_at, NULL, NULL, o.currency,
       NULL
  FROM o
 CROSS JOIN comment w
 CROSS JOIN requirement r
 WHERE w.company = :company AND w.engagement_id = o.id
   AND r.company = w.company AND r.id = w.subject_id AND r.state = 'current'
   AND (r.confirmed_at IS NULL OR r.confirmed_at < w.created_at)
   AND NOT EXISTS (SELECT 1 FROM comment n
                    WHERE n.company = w.company AND n.engagement_id = w.engagement_id
                      AND n.subject_id = w.subject_id AND n.id > w.id)
 UNION ALL
SELECT 'write_requirements', NULL, NULL, o.id, o.title, o.client_id, o.client_name, o.id, NULL,
       o.created_at, NULL, NULL, o.currency, NULL
  FROM o
 WHERE o.state = 'consultation'
   AND NOT EXISTS (SELECT 1 FROM requirement r
                    WHERE r.company = :company AND r.engagement_id = o.id AND r.state = 'current')
   AND NOT EXISTS (SELECT 1 FROM proposal p
                    WHERE p.company = :company AND p.engagement_id = o.id)
 UNION ALL
SELECT 'write_proposal', NULL, NULL, o.id, o.title, o.client_id, o.client_name, o.id, NULL,
       NULL, NULL, NULL, o.currency, NULL
  FROM o
 WHERE o.state IN ('consultation', 'proposal')
   AND (EXISTS (SELECT 1 FROM requirement r
                 WHERE r.company = :company AND r.engagement_id = o.id AND r.state = 'current')
        OR EXISTS (SELECT 1 FROM proposal p
                    WHERE p.company = :company AND p.engagement_id = o.id))
   AND NOT EXISTS (SELECT 1 FROM requirement r
                    WHERE r.company = :company AND r.engagement_id = o.id
                      AND r.state = 'current' AND r.confirmed_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM proposal p
                    WHERE p.company = :company AND p.engagement_id = o.id
                      AND p.state IN ('draft', 'sent', 'viewed', 'change_requested'))
 UNION ALL
SELECT 'resume_engagement', NULL, NULL, o.id, o.title, o.client_id, o.client_name, o.id, NULL,
       NULL, NULL, NULL, o.currency, NULL
  FROM o
 WHERE o.state = 'suspended'
 UNION ALL
SELECT CASE m.billing WHEN 'credited' THEN 'bill_milestone' ELSE 'bill_month' END,
       NULL, NULL, o.id, o.title, o.client_id, o.client_name, m.id, m.code,
       CASE m.billing WHEN 'billable' THEN m.accepted_at END, NULL, NULL, m.currency,
       m.price_minor - COALESCE(m.reduction_minor, 0) - COALESCE(m.claimed_minor, 0)
  FROM o
 CROSS JOIN milestone m
 WHERE m.company = :company AND m.engagement_id = o.id AND m.billing IN ('credited', 'billable')
   AND m.price_minor > COALESCE(m.reduction_minor, 0) + COALESCE(m.claimed_minor, 0)
 UNION ALL
SELECT 'bill_month', NULL, NULL, o.id, o.title, o.client_id, o.client_name, m.id, m.code,
       p.decided_at, NULL, NULL, m.currency, p.net_minor
  FROM o
 CROSS JOIN progress_claim p
 CROSS JOIN milestone m
 WHERE p.company = :company AND p.engagement_id = o.id AND p.state = 'accepted'
   AND p.invoice_id IS NULL
   AND m.company = p.company AND m.id = p.milestone_id
 UNION ALL
SELECT 'credit_milestone', NULL, NULL, b.engagement_id, b.title, b.client_id, b.client_name, b.id,
       b.code, NULL, NULL, NULL, b.currency, b.billed_minor - b.price_minor
  FROM (SELECT o.id AS engagement_id, o.title, o.client_id, o.client_name, m.id, m.code,
               m.currency, m.price_minor - COALESCE(m.reduction_minor, 0) AS price_minor,
               CAST((SELECT sum(CASE i.kind WHEN 'invoice' THEN l.net_minor ELSE -l.net_minor END)
                       FROM invoice i
                      CROSS JOIN invoice_line l
                      WHERE i.company = m.company AND i.engagement_id = m.engagement_id
                        AND i.contract_id = m.contract_id
                        AND l.company = i.company AND l.invoice_id = i.id
                        AND l.milestone_id = m.id) AS BIGINT) AS billed_minor
          FROM o
         CROSS JOIN milestone m
         WHERE m.company = :company AND m.engagement_id = o.id
           AND m.billing IN ('invoiced', 'settled')
           AND COALESCE(m.pricing, 'fixed') <> 'recurring'
           AND EXISTS (SELECT 1 FROM change_order c
                        WHERE c.company = :company AND c.engagement_id = o.id
                          AND c.state = 'applied' AND c.credits <> '[]')) b
 WHERE b.billed_minor > b.price_minor
 UNION ALL
SELECT CASE p.state WHEN 'draft' THEN 'send_proposal'
                    WHEN 'change_requested' THEN 'revise_proposal'
                    ELSE 'decide_proposal' END,
       NULL, NULL, o.id, o.title, o.client_id, o.client_name, p.id,
       CAST(p.revision AS TEXT), COALESCE(p.decided_at, p.sent_at, p.created_at),
       CASE WHEN p.state IN ('sent', 'viewed') THEN p.valid_until_day END, NULL, p.currency,
       p.total_minor
  FROM o
 CROSS JOIN proposal p
 WHERE p.company = :company AND p.engagement_id = o.id
   AND (p.state IN ('sent', 'viewed', 'change_requested')
        OR (p.state = 'draft' AND :viewer_is_agency = 1))
 UNION ALL
SELECT 'draw_up_contract', NULL, NULL, o.id, o.title, o.client_id, o.client_name, p.id, NULL,
       p.decided_at, NULL, NULL, p.currency, p.total_minor
  FROM o
 CROSS JOIN proposal p
 WHERE p.company = :company AND p.engagement_id = o.id
   AND o.state = 'contracting' AND p.state = 'accepted'
   AND NOT EXISTS (SELECT 1 FROM contract c
                    WHERE c.company = :company AND c.engagement_id = o.id
                      AND c.state <> 'declined')
 UNION ALL
SELECT 'send_contract', NULL, NULL, o.id, o.title, o.client_id, o.client_name, c.id, NULL,
       c.created_at, NULL, NULL, c.currency, c.sum_minor
  FROM o
 CROSS JOIN contract c
 WHERE c.company = :company AND c.engagement_id = o.id
   AND c.state = 'draft' AND :viewer_is_agency = 1
 UNION ALL
SELECT 'sign_contract', s.side, s.name, o.id, o.title, o.client_id, o.client_name, c.id, c.number,
       c.sent_at, NULL, NULL, c.currency, c.sum_minor
  FROM o
 CROSS JOIN contract c
 CROSS JOIN signature s
 WHERE c.company = :company AND c.engagement_id = o.id
   AND c.state IN ('out_for_signature', 'partly_signed')
   AND s.company = c.company AND s.contract_id = c.id AND s.state = 'pending'
   AND NOT EXISTS (SELECT 1 FROM signature b
                    WHERE b.company = s.company AND b.contract_id = s.contract_id
                      AND b.sequence < s.sequence AND b.state = 'pending')
 UNION ALL
SELECT 'propose_change_order', NULL, NULL, o.id, o.title, o.client_id, o.client_name, c.id,
       CAST(c.number AS TEXT), c.created_at, NULL, NULL, c.currency, c.change_minor
  FROM o
 CROSS JOIN change_order c
 WHERE c.company = :company AND c.engagement_id = o.id
   AND c.state = 'draft' AND :viewer_is_agency = 1
 UNION ALL
SELECT 'sign_change_order', s.side, s.name, o.id, o.title, o.client_id, o.client_name, c.id,
       CAST(c.number AS TEXT), c.proposed_at, c.valid_until_day, NULL, c.currency, c.change_minor
  FROM o
 CROSS JOIN change_order c
 CROSS JOIN change_signature s
 WHERE c.company = :company AND c.engagement_id = o.id
   AND c.state IN ('proposed', 'partly_signed')
   AND s.company = c.company AND s.change_order_id = c.id AND s.state = 'pending'
   AND NOT EXISTS (SELECT 1 FROM change_signature b
                    WHERE b.company = s.company AND b.change_order_id = s.change_order_id
                      AND b.sequence < s.sequence AND b.state = 'pending')
 UNION ALL
SELECT CASE WHEN m.state = 'ready' THEN 'start_milestone'
            WHEN m.state = 'rejected' THEN 'rework_milestone'
            ELSE 'submit_milestone' END,
       NULL, NULL, o.id, o.title, o.client_id, o.client_name, m.id, m.code, NULL, m.due_day, NULL,
       m.currency,
       CASE WHEN COALESCE(m.pricing, 'fixed') NOT IN ('recurring', 'non_billable')
            THEN m.price_minor - COALESCE(m.reduction_minor, 0) - COALESCE(m.claimed_minor, 0) END
  FROM o
 CROSS JOIN milestone m
 WHERE m.company = :company AND m.engagement_id = o.id
   AND m.state IN ('ready', 'in_progress', 'rework', 'rejected') AND o.state <> 'suspended'
 UNION ALL
SELECT 'decide_submission', NULL, NULL, o.id, o.title, o.client_id, o.client_name, s.id, m.code,
       s.submitted_at, NULL, s.deadline_at, m.currency,
       m.price_minor - COALESCE(m.reduction_minor, 0) - COALESCE(m.claimed_minor, 0)
  FROM o
 CROSS JOIN submission s
 CROSS JOIN milestone m
 WHERE s.company = :company AND s.engagement_id = o.id
   AND m.company = s.company AND m.id = s.milestone_id
   AND s.state = 'submitted' AND COALESCE(s.disputed_at, 0) = 0
 UNION ALL
SELECT 'settle_dispute',
       CASE WHEN d.agency_at IS NOT NULL THEN 'client'
            WHEN d.client_at IS NOT NULL OR d.side = 'client' THEN 'agency'
            ELSE 'client' END,
       NULL, o.id, o.title, o.client_id, o.client_name, d.id, m.code, d.opened_at, d.answer_by_day,
       NULL, m.currency,
       m.price_minor - COALESCE(m.reduction_minor, 0) - COALESCE(m.claimed_minor, 0)
  FROM o
 CROSS JOIN dispute d
 CROSS JOIN milestone m
 WHERE d.company = :company AND d.engagement_id = o.id AND d.state = 'open'
   AND COALESCE(d.kind, 'round') = 'round'
   AND m.company = d.company AND m.id = d.milestone_id
 UNION ALL
SELECT 'settle_dispute',
       CASE WHEN d.agency_at IS NOT NULL THEN 'client' ELSE 'agency' END,
       NULL, e.id, e.title, k.id, k.name, d.id, m.code, d.opened_at, d.answer_by_day, NULL,
       m.currency,
       i.total_minor - i.paid_minor - i.credited_minor
  FROM dispute d
 CROSS JOIN engagement e
 CROSS JOIN client k
 CROSS JOIN milestone m
  LEFT JOIN invoice i ON i.company = m.company AND i.id = m.invoice_id
 WHERE d.company = :company AND d.state = 'open' AND d.kind = 'objection'
   AND e.company = d.company AND e.id = d.engagement_id
   AND k.company = e.company AND k.id = e.client_id
   AND m.company = d.company AND m.id = d.milestone_id
   AND (:viewer_is_agency = 1 OR e.client_id = :viewer_client)
   AND (:any_engagement = 1 OR e.id = :engagement_id)
 UNION ALL
SELECT 'decide_reduction', NULL, NULL, o.id, o.title, o.client_id, o.client_name, p.id, m.code,
       p.proposed_at, NULL, NULL, m.currency, m.price_minor - p.amount_minor
  FROM o
 CROSS JOIN price_reduction p
 CROSS JOIN milestone m
 WHERE p.company = :company AND p.engagement_id = o.id AND p.state = 'proposed'
   AND m.company = p.company AND m.id = p.milestone_id
 UNION ALL
SELECT 'decide_progress', NULL, NULL, o.id, o.title, o.client_id, o.client_name, p.id, m.code,
       p.claimed_at, NULL, NULL, m.currency, p.net_minor
  FROM o
 CROSS JOIN progress_claim p
 CROSS JOIN milestone m
 WHERE p.company = :company AND p.engagement_id = o.id AND p.state = 'claimed'
   AND m.company = p.company AND m.id = p.milestone_id AND m.state <> 'cancelled'
 UNION ALL
SELECT CASE d.state WHEN 'open' THEN 'correct_defect' ELSE 'confirm_correction' END,
       NULL, NULL, e.id, e.title, k.id, k.name, d.id, d.criterion,
       COALESCE(d.corrected_at, d.found_at), CASE d.state WHEN 'open' THEN d.correct_by_day END, NULL,
       e.currency, NULL
  FROM defect d
 CROSS JOIN milestone m
 CROSS JOIN engagement e
 CROSS JOIN client k
 WHERE d.company = :company AND d.state IN ('open', 'corrected')
   AND m.company = d.company AND m.id = d.milestone_id
   AND m.state NOT IN ('submitted', 'rejected', 'rework')
   AND e.company = d.company AND e.id = d.engagement_id
   AND k.company = e.company AND k.id = e.client_id
   AND (:viewer_is_agency = 1 OR e.client_id = :viewer_client)
   AND (:any_engagement = 1 OR e.id = :engagement_id)
 UNION ALL
SELECT 'supply', NULL, c.name, o.id, o.title, o.client_id, o.client_name, b.id, b.text, b.created_at,
       b.due_day, NULL, o.currency, NULL
  FROM o
 CROSS JOIN obligation b
  LEFT JOIN contact c ON c.company = b.company AND c.id = b.contact_id
 WHERE b.company = :company AND b.engagement_id = o.id AND b.state = 'open'
 UNION ALL
SELECT 'pay_invoice', NULL, NULL, e.id, e.title, k.id, k.name, i.id, i.number, i.issued_at,
       i.due_day, NULL, i.currency, i.total_minor - i.paid_minor - i.credited_minor
  FROM invoice i
 CROSS JOIN engagement e
 CROSS JOIN client k
 WHERE i.company = :company AND i.state IN ('issued', 'part_paid') AND i.kind <> 'credit_note'
   AND i.disputed_at IS NULL
   AND e.company = i.company AND e.id = i.engagement_id
   AND k.company = i.company AND k.id = i.client_id
   AND (:viewer_is_agency = 1 OR e.client_id = :viewer_client)
   AND (:any_engagement = 1 OR e.id = :engagement_id)
 LIMIT :limit
