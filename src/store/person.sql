-- name: company_by_slug
SELECT company AS number, id, slug, name FROM company WHERE slug = :slug

-- name: company_numbers
SELECT company AS number, id, slug, name FROM company ORDER BY company

-- name: company_first_two
SELECT company AS number, id, slug, name FROM company ORDER BY company LIMIT 2

-- name: user_by_email
SELECT id, version, email, name, role, password_hash, disabled_at, created_at
  FROM user_account
 WHERE company = :company AND email = :email

-- name: user_active_owners
SELECT count(*) FROM user_account
 WHERE company = :company AND role = 'owner' AND disabled_at IS NULL

-- name: contact_by_email
SELECT id, version, client_id, name, email, phone, title, role, disabled_at, erased_at, created_at,
       invited_at, former_addresses
  FROM contact
 WHERE company = :company AND email = :email

-- name: session_insert
INSERT INTO session (company, token_hash, actor_kind, actor_id, csrf_hash, created_at, expires_at)
VALUES (:company, :token_hash, :actor_kind, :actor_id, :csrf_hash, :created_at, :expires_at)

-- With the user or the contact whose it is.
-- name: session_find
SELECT s.*, u.*, c.*
  FROM session s
  LEFT JOIN user_account u
    ON u.company = s.company AND u.id = s.actor_id AND s.actor_kind = 'user'
  LEFT JOIN contact c
    ON c.company = s.company AND c.id = s.actor_id AND s.actor_kind = 'contact'
 WHERE s.company = :company AND s.token_hash = :token_hash

-- name: session_delete_of_actor
DELETE FROM session WHERE company = :company AND actor_id = :actor_id

-- name: session_purge
DELETE FROM session WHERE company = :company AND expires_at < :now

-- name: api_token_by_hash
SELECT id, version, name, token_hash, user_id, scopes, created_at, expires_at, revoked_at
  FROM api_token
 WHERE company = :company AND token_hash = :token_hash

-- name: login_link_insert
INSERT INTO login_link (company, token_hash, contact_id, created_at, expires_at)
VALUES (:company, :token_hash, :contact_id, :created_at, :expires_at)

-- name: login_link_find
SELECT token_hash, contact_id, created_at, expires_at, used_at
  FROM login_link
 WHERE company = :company AND token_hash = :token_hash

-- name: login_link_use
UPDATE login_link SET used_at = :used_at
 WHERE company = :company AND token_hash = :token_hash AND used_at IS NULL

-- name: login_link_delete_of_contact
DELETE FROM login_link WHERE company = :company AND contact_id = :contact_id

-- name: login_link_purge
DELETE FROM login_link WHERE company = :company AND expires_at < :now
