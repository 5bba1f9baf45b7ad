/* A stage for tests of actions: a database with the schema, a writer, an app with a clock that
 * stands still, and one company "acme" with its owner. */
#ifndef WAYMARK_TESTS_STAGE_H
#define WAYMARK_TESTS_STAGE_H

#include "action/perform.h"
#include "check.h"
#include "core/contact.h"
#include "core/user.h"
#include "database.h"

#define STAGE_NOW_MS   INT64_C(1466589600000) /* 2016-06-22T10:00:00Z */
#define STAGE_PASSWORD "correct horse battery"

struct stage {
    struct test_database database;
    struct clock clock;
    struct app app;
    struct writer *writer;
    struct db_session *reading;
    struct arena *arena;
    struct fault fault;
};

/* For cmocka_run_group_tests's setup and teardown; *state is the stage. */
int stage_open(void **state);
int stage_close(void **state);

/* Performs an operation of either sort as the actor, on company 1. stage->fault tells of a
 * refusal. */
enum error stage_perform(struct stage *stage, struct actor actor, const struct operation *operation,
                         void *in, void *out);

/* The same, naming a version (If-Match). */
enum error stage_perform_at(struct stage *stage, struct actor actor, int64_t version,
                            const struct operation *operation, void *in, void *out);

/* Somebody of the agency, and of a client, who need not exist; and somebody without credentials. */
struct actor stage_user(enum user_role role);
struct actor stage_contact(enum contact_role role, struct id client_id);
struct actor stage_nobody(void);

/* The day that a text like "2016-06-22" names. */
int32_t stage_day(const char *text);

/* Inserts a row that another part of the program would have made. */
void stage_plant(struct stage *stage, const struct shape *shape, void *row);

/* Asserts that the operation is refused to every role of either side but these (enum role_bit). */
void stage_assert_only(struct stage *stage, const struct operation *operation, unsigned roles);

/* The newest mail in the outbox, as the JSON of its payload, to an address; fails if none is. */
const char *stage_mail_to(struct stage *stage, const char *address);

/* Asserts a result, and prints what the fault says when it is another. */
#define assert_result(stage, result, expected)                                                     \
    do {                                                                                           \
        enum error result_ = (result);                                                             \
        if (result_ != (expected))                                                                 \
            print_error("%s: %s: %s\n", error_slug(result_), (stage)->fault.field,                 \
                        (stage)->fault.detail);                                                    \
        assert_int_equal(result_, (expected));                                                     \
    } while (0)

#define STAGE_RUN(...)                                                                             \
    int main(void)                                                                                 \
    {                                                                                              \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                                           \
        return cmocka_run_group_tests(tests, stage_open, stage_close);                             \
    }

#endif
