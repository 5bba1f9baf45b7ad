-- name: baseline_count_named
SELECT count(*)
  FROM baseline
 WHERE company = :company AND engagement_id = :engagement_id AND name = :name
