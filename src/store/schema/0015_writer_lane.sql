-- Which process wrote last in a lane: what it remembers of its last transaction holds while that is itself.
CREATE TABLE writer_lane (
    lane   INTEGER NOT NULL,
    holder BYTES   NOT NULL,
    PRIMARY KEY (lane)
);
