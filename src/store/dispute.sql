-- The milestone's open objection, if it has one.
-- name: dispute_find_objection
SELECT opened_at
  FROM dispute
 WHERE company = :company AND engagement_id = :engagement_id AND milestone_id = :milestone_id
   AND state = 'open' AND kind = 'objection'

-- Open objections to what an invoice bills, but for one.
-- name: dispute_count_objections
SELECT count(*)
  FROM dispute d
 CROSS JOIN milestone m
 WHERE d.company = :company AND d.engagement_id = :engagement_id AND d.state = 'open'
   AND d.kind = 'objection' AND d.id <> :but_id
   AND m.company = d.company AND m.id = d.milestone_id AND m.invoice_id = :invoice_id
