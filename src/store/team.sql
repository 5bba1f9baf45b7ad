-- name: team_of_engagement
SELECT id, version, engagement_id, side, user_id, contact_id, user_name, part, part_name, from_day,
       until_day, note, created_at
  FROM team_member
 WHERE company = :company AND engagement_id = :engagement_id
 ORDER BY id

-- name: team_communications
SELECT id, version, engagement_id, title, channel, audience, rhythm, weekday, month_day,
       last_of_month, from_day, until_day, note, created_at
  FROM communication
 WHERE company = :company AND engagement_id = :engagement_id
 ORDER BY id
