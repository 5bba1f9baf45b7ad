#include "db/schema_text.h"

#include "../check.h"

static const struct schema_dialect dialect = {
    .id = "I",
    .integer = "N",
    .text = "T",
    .text_cast = "C",
    .bytes = "B",
    .table_options = " OPTIONS",
    .table_options_rowid = " ROWID",
};

static void assert_becomes(const char *sql, const char *expected)
{
    struct arena *arena = arena_new();
    assert_string_equal(schema_translate(sql, &dialect, arena), expected);
    arena_free(arena);
}

CASE(type_words_are_translated)
{
    assert_becomes("a ID, b INTEGER, c TEXT, d BYTES", "a I, b N, c T, d B");
}

CASE(other_words_are_kept)
{
    assert_becomes("VALID IDX id text Text MY_ID ID_ INTEGERS",
                   "VALID IDX id text Text MY_ID ID_ INTEGERS");
}

CASE(quotes_and_comments_are_kept)
{
    assert_becomes("'ID; it''s TEXT' \"ID\" -- ID;\n/* TEXT; */ ID",
                   "'ID; it''s TEXT' \"ID\" -- ID;\n/* TEXT; */ I");
    assert_becomes("'open ID", "'open ID");
    assert_becomes("/* open ID", "/* open ID");
}

CASE(a_cast_has_its_own_word_for_text)
{
    assert_becomes("CHECK (CAST(a AS TEXT) <> b)", "CHECK (CAST(a AS C) <> b)");
}

CASE(each_table_gets_its_options)
{
    assert_becomes(
        "CREATE TABLE a (id ID); CREATE INDEX i ON a (id);\nCREATE TABLE b (id ID);",
        "CREATE TABLE a (id I) OPTIONS; CREATE INDEX i ON a (id);\nCREATE TABLE b (id I) OPTIONS;");
    assert_becomes("CREATE TABLE a /* rowid */ (id ID); CREATE TABLE b (id ID);",
                   "CREATE TABLE a /* rowid */ (id I) ROWID; CREATE TABLE b (id I) OPTIONS;");
    assert_becomes("DROP TABLE a;", "DROP TABLE a;");
}

RUN(T(type_words_are_translated), T(other_words_are_kept), T(quotes_and_comments_are_kept),
    T(a_cast_has_its_own_word_for_text), T(each_table_gets_its_options))
