/* The small schema that the tests of this folder share. */
#ifndef WAYMARK_TESTS_DB_THINGS_H
#define WAYMARK_TESTS_DB_THINGS_H

#define THINGS_SCHEMA                                                                              \
    "CREATE TABLE thing (id ID NOT NULL, number INTEGER CHECK (number <> 13), label TEXT,"         \
    " content BYTES, PRIMARY KEY (id));"                                                           \
    "CREATE UNIQUE INDEX thing_label ON thing (label);"                                            \
    "CREATE TABLE part (id ID NOT NULL, thing ID NOT NULL REFERENCES thing, PRIMARY KEY (id));"    \
    "CREATE TABLE counter (name TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (name));"       \
    "INSERT INTO counter (name, value) VALUES ('a', 0);"

#endif
