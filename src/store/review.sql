-- name: review_of_submission
SELECT s.*, m.*, e.*,
       c.company, c.id, c.version, c.engagement_id, c.number, c.state, c.currency, c.sum_minor, k.*, y.*,
       m.company,
       COALESCE((SELECT h.size FROM log_head h WHERE h.company = m.company), 0) AS log_size,
       CASE WHEN EXISTS (SELECT 1
                           FROM milestone_dependency d
                          WHERE d.company = m.company AND d.after_id = m.id)
            THEN 1 ELSE 0 END AS has_successors,
       CASE WHEN EXISTS (SELECT 1
                           FROM milestone o
                          WHERE o.company = m.company AND o.engagement_id = m.engagement_id
                            AND o.id <> m.id
                            AND o.state NOT IN ('accepted', 'deemed_accepted', 'cancelled'))
            THEN 1 ELSE 0 END AS has_open_siblings
  FROM submission s
  JOIN milestone m ON m.company = s.company AND m.id = s.milestone_id
  JOIN engagement e ON e.company = m.company AND e.id = m.engagement_id
  JOIN contract c ON c.company = m.company AND c.id = m.contract_id
  JOIN client k ON k.company = e.company AND k.id = e.client_id
  JOIN company y ON y.company = s.company
 WHERE s.company = :company AND s.id = :id
   AND (:viewer_is_agency = 1 OR e.client_id = :viewer_client)

-- name: review_of_milestone
SELECT m.*, e.*,
       c.company, c.id, c.version, c.engagement_id, c.number, c.state, c.currency, c.sum_minor, k.*, y.*
  FROM milestone m
  JOIN engagement e ON e.company = m.company AND e.id = m.engagement_id
  JOIN contract c ON c.company = m.company AND c.id = m.contract_id
  JOIN client k ON k.company = e.company AND k.id = e.client_id
  JOIN company y ON y.company = m.company
 WHERE m.company = :company AND m.id = :id
   AND (:viewer_is_agency = 1 OR e.client_id = :viewer_client)

-- The plan in force: of the change order that was applied last. Applying one counts the contract's
-- version up, by which plans are kept.
-- name: review_plan
SELECT COALESCE((SELECT o.plan
                   FROM change_order o
                  WHERE o.company = c.company AND o.contract_id = c.id AND o.state = 'applied'
                  ORDER BY o.applied_number DESC
                  LIMIT 1), c.plan) AS plan,
       c.currency
  FROM contract c
 WHERE c.company = :company AND c.id = :id

-- name: review_people
SELECT 'contact' AS kind, c.id, c.name, c.email, c.role, p.locale
  FROM contact c
  LEFT JOIN preference p ON p.company = c.company AND p.person_id = c.id
 WHERE c.company = :company AND c.client_id = :client_id
   AND c.disabled_at IS NULL AND c.erased_at IS NULL
 UNION ALL
SELECT 'user', u.id, u.name, u.email, u.role, p.locale
  FROM user_account u
  LEFT JOIN preference p ON p.company = u.company AND p.person_id = u.id
 WHERE u.company = :company AND u.disabled_at IS NULL
   AND (u.id = :user_id
        OR (u.role = 'owner'
            AND NOT EXISTS (SELECT 1
                              FROM user_account a
                             WHERE a.company = u.company AND a.id = :user_id
                               AND a.disabled_at IS NULL)))

-- name: review_criteria
SELECT criteria
  FROM requirement
 WHERE company = :company AND engagement_id = :engagement_id AND state = 'current'
 ORDER BY id
