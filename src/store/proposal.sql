-- name: proposal_open
SELECT id, version, engagement_id, revision, state, plan, currency, total_minor, valid_until_day,
       sent_at, viewed_at, decided_at, decided_by, reason, proof, created_at
  FROM proposal
 WHERE company = :company AND engagement_id = :engagement_id
   AND state IN ('draft', 'sent', 'viewed', 'change_requested')
 ORDER BY revision

-- name: proposal_last_revision
SELECT max(revision)
  FROM proposal
 WHERE company = :company AND engagement_id = :engagement_id

-- name: proposal_accepted
SELECT id, version, engagement_id, revision, state, plan, currency, total_minor, valid_until_day,
       sent_at, viewed_at, decided_at, decided_by, reason, proof, created_at
  FROM proposal
 WHERE company = :company AND engagement_id = :engagement_id AND state = 'accepted'
 ORDER BY revision DESC
 LIMIT 1

-- name: proposal_before
SELECT id, version, engagement_id, revision, state, plan, currency, total_minor, valid_until_day,
       sent_at, viewed_at, decided_at, decided_by, reason, proof, created_at
  FROM proposal
 WHERE company = :company AND engagement_id = :engagement_id AND revision < :revision
   AND (:viewer_is_agency = 1 OR sent_at IS NOT NULL)
 ORDER BY revision DESC
 LIMIT 1
