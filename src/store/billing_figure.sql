-- The day of the month comes from the days since 0000-03-01 of the proleptic Gregorian calendar: eras
-- of 400 years, years that begin in March, so that a leap day is the last of its year.
-- name: billing_figure_list
WITH moved AS (
    SELECT client_id, currency, issue_day AS day, total_minor AS billed, 0 AS credited, 0 AS paid,
           0 AS refunded, 0 AS due, 0 AS resting
      FROM invoice
     WHERE company = :company AND kind = 'invoice' AND issue_day BETWEEN :from_day AND :until_day
     UNION ALL
    SELECT client_id, currency, issue_day, 0, total_minor, 0, 0, 0, 0
      FROM invoice
     WHERE company = :company AND kind = 'credit_note' AND issue_day BETWEEN :from_day AND :until_day
     UNION ALL
    SELECT client_id, currency, received_day, 0, 0, amount_minor, 0, 0, 0
      FROM payment
     WHERE company = :company AND state <> 'reversed' AND received_day BETWEEN :from_day AND :until_day
     UNION ALL
    SELECT client_id, currency, paid_day, 0, 0, 0, amount_minor, 0, 0
      FROM refund
     WHERE company = :company AND state = 'paid' AND paid_day BETWEEN :from_day AND :until_day
     UNION ALL
    SELECT client_id, currency, due_day, 0, 0, 0, 0, total_minor - paid_minor - credited_minor,
           CASE WHEN disputed_at IS NULL THEN 0 ELSE total_minor - paid_minor - credited_minor END
      FROM invoice
     WHERE company = :company AND kind = 'invoice' AND state IN ('issued', 'part_paid')
       AND due_day BETWEEN :from_day AND :until_day),
of_day AS (
    SELECT client_id, currency, day, sum(billed) AS billed, sum(credited) AS credited,
           sum(paid) AS paid, sum(refunded) AS refunded, sum(due) AS due, sum(resting) AS resting,
           (day + 719468) % 146097 AS in_era
      FROM moved
     GROUP BY client_id, currency, day),
in_year AS (
    SELECT client_id, currency, day, billed, credited, paid, refunded, due, resting,
           in_era - 365 * ((in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365)
                  - ((in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365) / 4
                  + ((in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365) / 100
               AS year_day
      FROM of_day),
in_month AS (
    SELECT client_id, currency, billed, credited, paid, refunded, due, resting,
           day - (year_day - (153 * ((5 * year_day + 2) / 153) + 2) / 5) AS month_day
      FROM in_year)
SELECT m.month_day, m.client_id, k.name AS client_name, m.currency,
       CAST(sum(m.billed) AS BIGINT) AS billed_minor,
       CAST(sum(m.credited) AS BIGINT) AS credited_minor,
       CAST(sum(m.paid) AS BIGINT) AS paid_minor,
       CAST(sum(m.refunded) AS BIGINT) AS refunded_minor,
       CAST(sum(m.due) AS BIGINT) AS due_minor,
       CAST(sum(m.resting) AS BIGINT) AS resting_minor
  FROM in_month m
  JOIN client k ON k.company = :company AND k.id = m.client_id
 GROUP BY m.month_day, m.client_id, k.name, m.currency
 ORDER BY m.month_day, k.name, m.client_id, m.currency
 LIMIT :limit
