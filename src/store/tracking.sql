-- None of these asks who looks: a client sees of the sums what it may.

-- name: tracking_rounds
SELECT id, milestone_id, engagement_id, round, state, decisions, submitted_at, decided_at
  FROM submission
 WHERE company = :company AND engagement_id = :engagement_id
 ORDER BY milestone_id, round

-- name: tracking_approved_time
SELECT milestone_id, CAST(sum(minutes) AS BIGINT) AS minutes,
       CAST(sum(cost_minor) AS BIGINT) AS cost_minor
  FROM time_entry
 WHERE company = :company AND engagement_id = :engagement_id AND state = 'approved'
   AND day <= :to_day AND decided_at < :before
 GROUP BY milestone_id
