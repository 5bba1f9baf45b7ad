-- name: lane_holder
SELECT holder FROM writer_lane WHERE lane = :lane

-- name: lane_hold
INSERT INTO writer_lane (lane, holder) VALUES (:lane, :holder)
    ON CONFLICT (lane) DO UPDATE SET holder = excluded.holder

-- name: log_head_load
SELECT frontier FROM log_head WHERE company = :company

-- name: log_head_put
INSERT INTO log_head (company, size, frontier) VALUES (:company, :size, :frontier)
    ON CONFLICT (company) DO UPDATE SET size = excluded.size, frontier = excluded.frontier

-- name: number_series_load
SELECT next FROM number_series WHERE company = :company AND kind = :kind AND year = :year

-- name: number_series_count
SELECT count(*) FROM number_series WHERE company = :company AND kind = :kind AND next > 1

-- name: number_series_put
INSERT INTO number_series (company, kind, year, next) VALUES (:company, :kind, :year, :next)
    ON CONFLICT (company, kind, year) DO UPDATE SET next = excluded.next
