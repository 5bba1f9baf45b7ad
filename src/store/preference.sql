-- name: preference_find
SELECT person_id, locale, time_zone, theme, changed_at
  FROM preference
 WHERE company = :company AND person_id = :person_id

-- name: preference_put
INSERT INTO preference (company, person_id, locale, time_zone, theme, changed_at)
VALUES (:company, :person_id, :locale, :time_zone, :theme, :changed_at)
    ON CONFLICT (company, person_id) DO UPDATE
   SET locale = excluded.locale, time_zone = excluded.time_zone, theme = excluded.theme,
       changed_at = excluded.changed_at

-- name: preference_delete
DELETE FROM preference WHERE company = :company AND person_id = :person_id
