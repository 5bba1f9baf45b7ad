-- Of a role, or of any for ''.
-- name: recipient_of_client
SELECT c.id, c.name, c.email, COALESCE(p.locale, k.locale, y.locale) AS locale
  FROM contact c
  JOIN client k ON k.company = c.company AND k.id = c.client_id
  JOIN company y ON y.company = c.company
  LEFT JOIN preference p ON p.company = c.company AND p.person_id = c.id
 WHERE c.company = :company AND c.client_id = :client_id AND (:role = '' OR c.role = :role)
   AND c.disabled_at IS NULL AND c.erased_at IS NULL
 ORDER BY c.id

-- name: recipient_listening
SELECT c.id, c.name, c.email, COALESCE(p.locale, k.locale, y.locale) AS locale
  FROM contact c
  JOIN client k ON k.company = c.company AND k.id = c.client_id
  JOIN company y ON y.company = c.company
  LEFT JOIN preference p ON p.company = c.company AND p.person_id = c.id
 WHERE c.company = :company AND c.client_id = :client_id
   AND c.disabled_at IS NULL AND c.erased_at IS NULL
   AND (c.role = 'approver'
        OR c.id IN (SELECT author_id
                      FROM comment
                     WHERE company = :company AND engagement_id = :engagement_id
                       AND subject_id = :subject_id))
 ORDER BY c.id

-- name: recipient_contact
SELECT c.id, c.name, c.email, COALESCE(p.locale, k.locale, y.locale) AS locale
  FROM contact c
  JOIN client k ON k.company = c.company AND k.id = c.client_id
  JOIN company y ON y.company = c.company
  LEFT JOIN preference p ON p.company = c.company AND p.person_id = c.id
 WHERE c.company = :company AND c.id = :id

-- name: recipient_of_staff
SELECT u.id, u.name, u.email, COALESCE(p.locale, y.locale) AS locale
  FROM user_account u
  JOIN company y ON y.company = u.company
  LEFT JOIN preference p ON p.company = u.company AND p.person_id = u.id
 WHERE u.company = :company AND u.role IN ('owner', :role) AND u.disabled_at IS NULL
 ORDER BY u.id

-- name: recipient_signer
SELECT s.signer_id AS id, COALESCE(u.name, c.name) AS name, COALESCE(u.email, c.email) AS email,
       COALESCE(p.locale, k.locale, y.locale) AS locale
  FROM signature s
  JOIN company y ON y.company = s.company
  LEFT JOIN user_account u
    ON u.company = s.company AND u.id = s.signer_id AND s.signer_kind = 'user'
   AND u.disabled_at IS NULL
  LEFT JOIN contact c
    ON c.company = s.company AND c.id = s.signer_id AND s.signer_kind = 'contact'
   AND c.disabled_at IS NULL AND c.erased_at IS NULL
  LEFT JOIN client k ON k.company = c.company AND k.id = c.client_id
  LEFT JOIN preference p ON p.company = s.company AND p.person_id = s.signer_id
 WHERE s.company = :company AND s.contract_id = :contract_id
   AND COALESCE(u.email, c.email) IS NOT NULL
 ORDER BY s.sequence

-- name: recipient_change_signer
SELECT s.signer_id AS id, COALESCE(u.name, c.name) AS name, COALESCE(u.email, c.email) AS email,
       COALESCE(p.locale, k.locale, y.locale) AS locale
  FROM change_signature s
  JOIN company y ON y.company = s.company
  LEFT JOIN user_account u
    ON u.company = s.company AND u.id = s.signer_id AND s.signer_kind = 'user'
   AND u.disabled_at IS NULL
  LEFT JOIN contact c
    ON c.company = s.company AND c.id = s.signer_id AND s.signer_kind = 'contact'
   AND c.disabled_at IS NULL AND c.erased_at IS NULL
  LEFT JOIN client k ON k.company = c.company AND k.id = c.client_id
  LEFT JOIN preference p ON p.company = s.company AND p.person_id = s.signer_id
 WHERE s.company = :company AND s.change_order_id = :change_order_id
   AND COALESCE(u.email, c.email) IS NOT NULL
 ORDER BY s.sequence
