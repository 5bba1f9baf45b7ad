#include "../check.h"
#include "../stage.h"
#include "store/statements.h"

CASE(every_shape_fits_its_table)
{
    struct stage *stage = *state;
    for (const struct table *table = all_tables; table->shape; table++) {
        bool has_id = shape_field(table->shape, "id", NULL);
        bool has_version = shape_field(table->shape, "version", NULL);
        for (enum table_verb verb = 0; verb < TABLE_VERB_COUNT; verb++) {
            if ((verb != TABLE_INSERT && !has_id) || (verb == TABLE_SAVE && !has_version))
                continue;
            const struct statement *statement = tables_verb(stage->app.tables, table->shape, verb);
            enum error error = db_check(stage->reading, statement, &stage->fault);
            if (error)
                print_error("%s: %s\n", statement->name, stage->fault.detail);
            assert_int_equal(error, OK);
        }
    }
}

CASE(every_statement_is_taken_by_the_database)
{
    struct stage *stage = *state;
    assert_true(all_statement_count > 10);
    for (size_t i = 0; i < all_statement_count; i++) {
        enum error error = db_check(stage->reading, all_statements[i], &stage->fault);
        if (error)
            print_error("%s: %s\n", all_statements[i]->name, stage->fault.detail);
        assert_int_equal(error, OK);
    }
}

CASE(equal_texts_are_one_statement)
{
    struct stage *stage = *state;
    const char *sql = "SELECT id FROM client WHERE company = :company AND id = :id OR id = :id";
    const struct statement *first = tables_statement(stage->app.tables, "a", sql);
    assert_ptr_equal(first, tables_statement(stage->app.tables, "b", sql));
    assert_string_equal(first->sql,
                        "SELECT id FROM client WHERE company = $1 AND id = $2 OR id = $2");
    assert_int_equal(first->parameter_count, 2);
    assert_string_equal(first->parameters[1], "id");
}

STAGE_RUN(T(every_shape_fits_its_table), T(every_statement_is_taken_by_the_database),
          T(equal_texts_are_one_statement))
