-- name: document_find
SELECT subject_id, kind, engagement_id, snapshot, snapshot_hash, file_hash, made_at, name
  FROM document
 WHERE company = :company AND subject_id = :subject_id AND kind = :kind
   AND (:viewer_is_agency = 1
        OR engagement_id IN (SELECT e.id FROM engagement e
                              WHERE e.company = :company AND e.client_id = :viewer_client))

-- name: document_keep_file
UPDATE document SET file_hash = :file_hash, made_at = :made_at
 WHERE company = :company AND subject_id = :subject_id AND kind = :kind
