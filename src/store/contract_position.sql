-- One row for the price of what is accepted of a contract, less and without agreed reductions, one for
-- the progress that is accepted of what is not, one for what applied change orders changed of its sum, then its invoices less their credit notes:
-- fully paid and unpaid ones summed, each part-paid one alone (core/contract_position.h). The
-- milestone that is being accepted in this transaction is left out: it may or may not be saved yet.
-- name: contract_position_sums
SELECT 'accepted' AS kind,
       CAST(sum(price_minor - COALESCE(reduction_minor, 0)) AS BIGINT) AS net_minor,
       CAST(sum(price_minor) AS BIGINT) AS total_minor, CAST(0 AS BIGINT) AS paid_minor
  FROM milestone
 WHERE company = :company AND engagement_id = :engagement_id AND contract_id = :contract_id
   AND state IN ('accepted', 'deemed_accepted') AND id <> :besides
 UNION ALL
SELECT 'claimed', CAST(sum(claimed_minor) AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT)
  FROM milestone
 WHERE company = :company AND engagement_id = :engagement_id AND contract_id = :contract_id
   AND state NOT IN ('accepted', 'deemed_accepted') AND claimed_minor IS NOT NULL
   AND id <> :besides
 UNION ALL
SELECT 'changed', CAST(sum(change_minor) AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT)
  FROM change_order
 WHERE company = :company AND contract_id = :contract_id AND state = 'applied'
 UNION ALL
SELECT 'billed', CAST(sum(net) AS BIGINT), CAST(sum(total) AS BIGINT), CAST(sum(paid) AS BIGINT)
  FROM (SELECT COALESCE(credited_invoice_id, id) AS invoice_id,
               sum(CASE kind WHEN 'invoice' THEN net_minor ELSE -net_minor END) AS net,
               sum(CASE kind WHEN 'invoice' THEN total_minor ELSE -total_minor END) AS total,
               sum(CASE kind WHEN 'invoice' THEN paid_minor + credited_minor
                             ELSE -total_minor END) AS paid
          FROM invoice
         WHERE company = :company AND engagement_id = :engagement_id
           AND contract_id = :contract_id
         GROUP BY COALESCE(credited_invoice_id, id)) AS billed_invoice
 GROUP BY CASE WHEN paid = total OR paid = 0 THEN NULL ELSE invoice_id END, paid = total

-- name: contract_find_signed
SELECT id, engagement_id, currency, sum_minor FROM contract
 WHERE company = :company AND engagement_id = :engagement_id
   AND state IN ('active', 'suspended', 'completed', 'terminated')
   AND (:viewer_is_agency = 1 OR engagement_id IN
        (SELECT id FROM engagement WHERE company = :company AND client_id = :viewer_client))
 ORDER BY id DESC
 LIMIT 1
