-- Statements of the tests in this folder.

-- name: thing_insert
-- every kind of value
INSERT INTO thing (id, number, label, content) VALUES (:id, :number, :label, :content);

-- name: thing_insert_if_new
INSERT INTO thing (id, number, label) VALUES (:id, :number, 'is new: yes')
ON CONFLICT (id) DO NOTHING

-- name: thing_load
SELECT number, label, content, id FROM thing WHERE id = :id

-- name: thing_set_number
UPDATE thing SET number = :number WHERE id = :id

-- name: thing_set_numbers
/* :number appears twice, behind :low */
UPDATE thing SET number = :number WHERE number >= :low AND number <> :number

-- name: thing_count
SELECT count(*), CAST(coalesce(sum(number), 0) AS BIGINT) AS total FROM thing

-- name: thing_list
SELECT label FROM thing ORDER BY label

-- name: part_insert
INSERT INTO part (id, thing) VALUES (:id, :thing)

-- name: counter_add
UPDATE counter SET value = value + :amount WHERE name = :name

-- name: counter_load
SELECT value FROM counter WHERE name = :name
