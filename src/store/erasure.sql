-- name: outbox_mails_to
SELECT id FROM outbox
 WHERE company = :company AND id >= :since AND id < :end AND kind = 'mail' AND recipient = :email

-- What a mail server answered may name the address.
-- name: outbox_erase_mail
UPDATE outbox
   SET recipient = NULL, payload = '{}', next_at = NULL, last_error = NULL,
       state = CASE state WHEN 'pending' THEN 'dead' ELSE state END
 WHERE company = :company AND id = :id

-- The index leaf_subject is of leaves without an engagement.
-- name: leaf_of_contact
SELECT position, event, subject_id, engagement_id, at, hash, salt, payload, payload_hash, erased_at
  FROM leaf
 WHERE company = :company AND subject_id = :subject_id AND engagement_id IS NULL
   AND event LIKE 'contact.%'
   AND erased_at IS NULL

-- name: leaf_erase
UPDATE leaf
   SET payload = :payload, salt = :salt, payload_hash = :payload_hash, erased_at = :erased_at
 WHERE company = :company AND position = :position
