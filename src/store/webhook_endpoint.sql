-- name: webhook_endpoint_list_active
SELECT id, url, secret, events, state
  FROM webhook_endpoint
 WHERE company = :company AND state = 'active'
