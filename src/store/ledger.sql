-- name: ledger_account_insert
INSERT INTO ledger_account (company, code, name, kind) VALUES (:company, :code, :name, :kind)

-- name: ledger_account_list
SELECT code, name, kind FROM ledger_account WHERE company = :company ORDER BY code

-- name: ledger_account_find
SELECT code, name, kind FROM ledger_account WHERE company = :company AND code = :code

-- name: ledger_posting_insert
INSERT INTO ledger_posting (company, entry_id, number, account, amount_minor, client_id)
VALUES (:company, :entry_id, :number, :account, :amount_minor, :client_id)

-- name: ledger_posting_list
SELECT entry_id, number, account, amount_minor, client_id
  FROM ledger_posting
 WHERE company = :company AND entry_id = :entry_id
 ORDER BY number

-- Ids grow with time, and no entry is older than the row that it records; but a clock may have been
-- set back between the two.
-- name: ledger_entry_last_of_source
SELECT id, day, kind, narrative, source_kind, source_id, reverses_id, currency, created_at
  FROM ledger_entry
 WHERE company = :company AND id >= :since AND source_id = :source_id AND kind = :kind
 ORDER BY id DESC
 LIMIT 1

-- name: ledger_day_add
INSERT INTO ledger_day (company, day, account, currency, debit_minor, credit_minor)
VALUES (:company, :day, :account, :currency, :debit_minor, :credit_minor)
    ON CONFLICT (company, day, account, currency) DO UPDATE
   SET debit_minor = ledger_day.debit_minor + excluded.debit_minor,
       credit_minor = ledger_day.credit_minor + excluded.credit_minor

-- name: ledger_balance_list
SELECT d.account, a.name, a.kind, d.currency,
       CAST(sum(d.debit_minor) AS BIGINT) AS debit_minor,
       CAST(sum(d.credit_minor) AS BIGINT) AS credit_minor,
       CAST(sum(d.debit_minor - d.credit_minor) AS BIGINT) AS balance_minor
  FROM ledger_day d
  JOIN ledger_account a ON a.company = d.company AND a.code = d.account
 WHERE d.company = :company AND d.day <= :day
 GROUP BY d.account, a.name, a.kind, d.currency
 ORDER BY d.currency, d.account

-- name: ledger_balance_before
SELECT CAST(sum(debit_minor - credit_minor) AS BIGINT)
  FROM ledger_day
 WHERE company = :company AND day < :day AND account = :account AND currency = :currency

-- The entries of the period first, then their postings: CROSS JOIN keeps SQLite from walking all
-- postings of the company.
-- name: ledger_movement_list
SELECT e.id AS entry_id, e.day, e.kind, e.narrative, p.amount_minor, p.client_id
  FROM ledger_entry e
 CROSS JOIN ledger_posting p
 WHERE e.company = :company AND e.day >= :from_day AND e.day <= :to_day
   AND e.currency = :currency
   AND p.company = e.company AND p.entry_id = e.id AND p.account = :account
 ORDER BY e.day, e.id, p.number
 LIMIT :limit
