-- Mails and webhooks are looked for apart: who looked for one walked over all that waited of the other.
DROP INDEX outbox_pending;
CREATE INDEX outbox_pending ON outbox (kind, next_at) WHERE state = 'pending';
