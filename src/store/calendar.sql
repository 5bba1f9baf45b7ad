-- name: calendar_key_put
INSERT INTO calendar_key (company, person_id, person_kind, key_hash, made_at)
VALUES (:company, :person_id, :person_kind, :key_hash, :made_at)
    ON CONFLICT (company, person_id) DO UPDATE
   SET person_kind = excluded.person_kind, key_hash = excluded.key_hash, made_at = excluded.made_at

-- name: calendar_key_of
SELECT person_id, person_kind, key_hash, made_at
  FROM calendar_key
 WHERE company = :company AND person_id = :person_id

-- name: calendar_key_find
SELECT person_id, person_kind, key_hash, made_at
  FROM calendar_key
 WHERE company = :company AND key_hash = :key_hash

-- name: calendar_key_delete
DELETE FROM calendar_key WHERE company = :company AND person_id = :person_id

-- A user has the engagements in whose team they are, or all if they are in none.
-- CROSS JOIN joins in the order that is written: the engagements first.
-- name: calendar_list
WITH o AS (
    SELECT e.id, e.title, e.time_zone, e.created_at, k.name AS client_name
      FROM engagement e
      JOIN client k ON k.company = e.company AND k.id = e.client_id
     WHERE e.company = :company AND e.state NOT IN ('completed', 'terminated')
       AND (:viewer_is_agency = 1 OR e.client_id = :viewer_client)
       AND (:has_team = 0
            OR EXISTS (SELECT 1 FROM team_member t
                        WHERE t.company = :company AND t.user_id = :person_id
                          AND t.engagement_id = e.id)))
SELECT 'milestone' AS kind, m.id AS id, m.version AS version, m.due_day AS day,
       CAST(NULL AS BIGINT) AS deadline_at, o.time_zone AS time_zone, m.code AS label,
       m.title AS title, o.title AS engagement_title,
       o.client_name AS client_name, CAST(NULL AS BIGINT) AS disputed_at,
       o.created_at AS changed_at
  FROM o
 CROSS JOIN milestone m
 WHERE m.company = :company AND m.engagement_id = o.id AND m.due_day >= :from_day
   AND m.state NOT IN ('accepted', 'deemed_accepted', 'cancelled')
 UNION ALL
SELECT 'planned', m.id, m.version, m.planned_due_day, NULL, o.time_zone, m.code, m.title, o.title,
       o.client_name, NULL, o.created_at
  FROM o
 CROSS JOIN milestone m
 WHERE m.company = :company AND m.engagement_id = o.id AND m.planned_due_day >= :from_day
   AND m.state NOT IN ('accepted', 'deemed_accepted', 'cancelled')
 UNION ALL
SELECT 'obligation', b.id, b.version, b.due_day, NULL, o.time_zone, b.code, b.text, o.title,
       o.client_name, NULL, b.created_at
  FROM o
 CROSS JOIN obligation b
 WHERE b.company = :company AND b.engagement_id = o.id AND b.due_day >= :from_day
   AND b.state = 'open'
 UNION ALL
SELECT 'deadline', s.id, s.version, NULL, s.deadline_at, o.time_zone, m.code, m.title, o.title,
       o.client_name, NULL, s.submitted_at
  FROM o
 CROSS JOIN submission s
 CROSS JOIN milestone m
 WHERE s.company = :company AND s.engagement_id = o.id AND s.state = 'submitted'
   AND s.deadline_at IS NOT NULL
   AND m.company = s.company AND m.id = s.milestone_id
 UNION ALL
SELECT 'meeting', g.first_id, g.revision, g.day, NULL, o.time_zone, NULL, g.title, o.title,
       o.client_name, NULL, g.created_at
  FROM o
 CROSS JOIN meeting g
 WHERE g.company = :company AND g.engagement_id = o.id AND g.day >= :from_day
   AND (:viewer_is_agency = 1 OR g.is_shared = 1)
   AND NOT EXISTS (SELECT 1 FROM meeting n
                    WHERE n.company = g.company AND n.first_id = g.first_id
                      AND n.revision > g.revision
                      AND (:viewer_is_agency = 1 OR n.is_shared = 1))
 UNION ALL
SELECT 'invoice', i.id, i.version, i.due_day, NULL, e.time_zone, i.number, NULL, e.title, k.name,
       i.disputed_at, i.issued_at
  FROM invoice i
  JOIN engagement e ON e.company = i.company AND e.id = i.engagement_id
  JOIN client k ON k.company = i.company AND k.id = i.client_id
 WHERE i.company = :company AND i.state IN ('issued', 'part_paid') AND i.kind = 'invoice'
   AND i.due_day >= :from_day
   AND (:viewer_is_agency = 1 OR i.client_id = :viewer_client)
   AND (:has_team = 0
        OR EXISTS (SELECT 1 FROM team_member t
                    WHERE t.company = :company AND t.user_id = :person_id
                      AND t.engagement_id = i.engagement_id))
 ORDER BY day, id, kind
 LIMIT :limit

-- The rhythms of the same engagements; what title and day say follows from them.
-- name: calendar_engagements
SELECT e.id, e.title AS engagement_title, e.time_zone, k.name AS client_name
  FROM engagement e
  JOIN client k ON k.company = e.company AND k.id = e.client_id
 WHERE e.company = :company AND e.state NOT IN ('completed', 'terminated')
   AND (:viewer_is_agency = 1 OR e.client_id = :viewer_client)
   AND (:has_team = 0
        OR EXISTS (SELECT 1 FROM team_member t
                    WHERE t.company = :company AND t.user_id = :person_id
                      AND t.engagement_id = e.id))
   AND EXISTS (SELECT 1 FROM communication c WHERE c.company = :company AND c.engagement_id = e.id)
 ORDER BY e.id
 LIMIT :limit

-- name: calendar_has_team
SELECT count(*)
  FROM team_member
 WHERE company = :company AND user_id = :person_id
