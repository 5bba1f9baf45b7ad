-- name: time_entry_minutes_of_day
SELECT CAST(COALESCE(sum(minutes), 0) AS BIGINT)
  FROM time_entry
 WHERE company = :company AND user_id = :user_id AND day = :day
   AND state IN ('submitted', 'approved')

-- name: time_entry_reversals
SELECT count(*) FROM time_entry
 WHERE company = :company AND reverses_entry_id = :entry_id
