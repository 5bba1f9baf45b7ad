-- name: recipient_of_client
SELECT id, name, email
  FROM contact
 WHERE company = :company AND client_id = :client_id
   AND disabled_at IS NULL AND erased_at IS NULL
 ORDER BY id

-- name: recipient_approver_of_client
SELECT id, name, email
  FROM contact
 WHERE company = :company AND client_id = :client_id AND role = 'approver'
   AND disabled_at IS NULL AND erased_at IS NULL
 ORDER BY id

-- name: recipient_payer_of_client
SELECT id, name, email
  FROM contact
 WHERE company = :company AND client_id = :client_id AND role = 'payer'
   AND disabled_at IS NULL AND erased_at IS NULL
 ORDER BY id

-- name: recipient_listening
SELECT id, name, email
  FROM contact
 WHERE company = :company AND client_id = :client_id
   AND disabled_at IS NULL AND erased_at IS NULL
   AND (role = 'approver'
        OR id IN (SELECT author_id
                    FROM comment
                   WHERE company = :company AND engagement_id = :engagement_id
                     AND subject_id = :subject_id))
 ORDER BY id

-- name: recipient_of_staff
SELECT id, name, email
  FROM user_account
 WHERE company = :company AND role IN ('owner', :role) AND disabled_at IS NULL
 ORDER BY id

-- name: recipient_signer
SELECT s.signer_id AS id, COALESCE(u.name, c.name) AS name, COALESCE(u.email, c.email) AS email
  FROM signature s
  LEFT JOIN user_account u
    ON u.company = s.company AND u.id = s.signer_id AND s.signer_kind = 'user'
   AND u.disabled_at IS NULL
  LEFT JOIN contact c
    ON c.company = s.company AND c.id = s.signer_id AND s.signer_kind = 'contact'
   AND c.disabled_at IS NULL AND c.erased_at IS NULL
 WHERE s.company = :company AND s.contract_id = :contract_id
   AND COALESCE(u.email, c.email) IS NOT NULL
 ORDER BY s.sequence

-- name: recipient_change_signer
SELECT s.signer_id AS id, COALESCE(u.name, c.name) AS name, COALESCE(u.email, c.email) AS email
  FROM change_signature s
  LEFT JOIN user_account u
    ON u.company = s.company AND u.id = s.signer_id AND s.signer_kind = 'user'
   AND u.disabled_at IS NULL
  LEFT JOIN contact c
    ON c.company = s.company AND c.id = s.signer_id AND s.signer_kind = 'contact'
   AND c.disabled_at IS NULL AND c.erased_at IS NULL
 WHERE s.company = :company AND s.change_order_id = :change_order_id
   AND COALESCE(u.email, c.email) IS NOT NULL
 ORDER BY s.sequence
