#include "../check.h"
#include "../stage.h"
#include "store/kept.h"
#include "store/log.h"

/* ---- what the tests do in a transaction ---------------------------------------------------- */

/* Takes a number and appends a leaf, as most commands do; or fails after that. */
struct step {
    struct id engagement_id;
    bool fails;
    int64_t number; /* answered */
};

static enum error take_step(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct step *in = input;
    struct step *out = output;
    happened(call, "test.stepped", call_id(call), in->engagement_id);
    enum error error = take_number(&call->store, "test", 2016, &out->number, fault);
    if (!error && in->fails)
        error = refuse(fault, ERROR_CONFLICT, NULL, "as the test wants it");
    return error;
}

static const struct operation step_operation = {
    .name = "step", .permission = PERMIT_OPERATE, .writes = true, .run = take_step};

/* Whether the log is quiet about an engagement from a position on. */
struct question {
    int64_t since;
    struct id engagement_id;
};

static enum error ask(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct question *in = input;
    return is_log_quiet(&call->store, in->since, in->engagement_id, output, fault);
}

static const struct operation ask_operation = {
    .name = "ask", .permission = PERMIT_OPERATE, .writes = true, .run = ask};

static enum error perform_by(struct stage *stage, struct writer *writer,
                             const struct operation *operation, void *in, void *out)
{
    struct call call = call_by(&stage->app, stage->arena, 1, ACTOR_OPERATOR);
    stage->fault = (struct fault){0};
    return perform_writing(&call, writer, NULL, operation, in, out, &stage->fault);
}

static int64_t step_by(struct stage *stage, struct writer *writer, struct id engagement_id)
{
    struct step step = {.engagement_id = engagement_id};
    assert_result(stage, perform_by(stage, writer, &step_operation, &step, &step), OK);
    return step.number;
}

static bool is_quiet(struct stage *stage, struct writer *writer, int64_t since,
                     struct id engagement_id)
{
    bool quiet = false;
    struct question question = {since, engagement_id};
    assert_result(stage, perform_by(stage, writer, &ask_operation, &question, &quiet), OK);
    return quiet;
}

/* As it is stored. */
static int64_t log_size(struct stage *stage)
{
    uint64_t size = 0;
    int64_t stated = 0;
    struct hash root;
    struct list leaves;
    struct store store = {.tables = stage->app.tables,
                          .session = stage->reading,
                          .arena = stage->arena,
                          .company = 1,
                          .viewer = {.is_agency = true}};
    assert_int_equal(db_begin(stage->reading, &stage->fault), OK);
    assert_result(stage, load_log_head(&store, &size, &root, &stage->fault), OK);
    assert_result(stage, load_stated_size(&store, &stated, &stage->fault), OK);
    assert_result(stage, list_leaves(&store, 0, INT64_MAX, &leaves, &stage->fault), OK);
    db_rollback(stage->reading);
    assert_int_equal(size, stated);
    assert_int_equal(size, leaves.count);
    return stated;
}

/* A writer of another process, as far as the database can tell. */
static struct writer *another_writer(struct stage *stage)
{
    struct writer *writer;
    assert_result(stage, writer_start(stage->database.url, 0, kept_flush, &writer, &stage->fault),
                  OK);
    return writer;
}

static const struct id none;

/* ---- the cases ----------------------------------------------------------------------------- */

CASE(what_was_rolled_back_is_forgotten)
{
    struct stage *stage = *state;
    int64_t first = step_by(stage, stage->writer, none);
    int64_t size = log_size(stage);
    struct step step = {.fails = true};
    assert_result(stage, perform_by(stage, stage->writer, &step_operation, &step, &step),
                  ERROR_CONFLICT);
    assert_int_equal(log_size(stage), size);
    assert_int_equal(step_by(stage, stage->writer, none), first + 1);
    assert_int_equal(log_size(stage), size + 1);
}

/* SQLite lets no second one write. */
CASE(two_processes_that_take_turns_leave_no_gap)
{
    struct stage *stage = *state;
    struct writer *other;
    if (test_on_sqlite()) {
        assert_int_equal(writer_start(stage->database.url, 0, kept_flush, &other, &stage->fault),
                         ERROR_UNAVAILABLE);
        return;
    }
    other = another_writer(stage);
    int64_t size = log_size(stage);
    int64_t number = step_by(stage, stage->writer, none);
    for (int turn = 0; turn < 12; turn++) {
        struct writer *writer = turn % 3 == 0 ? other : stage->writer;
        assert_int_equal(step_by(stage, writer, none), ++number);
    }
    assert_int_equal(log_size(stage), size + 13);
    writer_stop(other);
}

CASE(a_log_is_quiet_about_an_engagement_that_no_later_leaf_tells_of)
{
    struct stage *stage = *state;
    struct id mine = id_make(STAGE_NOW_MS, 1, 1);
    struct id theirs = id_make(STAGE_NOW_MS, 1, 2);
    step_by(stage, stage->writer, mine);
    int64_t since = log_size(stage);
    assert_true(is_quiet(stage, stage->writer, since, mine));
    step_by(stage, stage->writer, theirs);
    assert_true(is_quiet(stage, stage->writer, since, mine));
    assert_false(is_quiet(stage, stage->writer, since, theirs));
    assert_false(is_quiet(stage, stage->writer, since - 1, mine));
    step_by(stage, stage->writer, mine);
    assert_false(is_quiet(stage, stage->writer, since, mine));
    assert_true(is_quiet(stage, stage->writer, since + 2, theirs));
}

CASE(a_leaf_of_no_engagement_may_tell_of_any)
{
    struct stage *stage = *state;
    struct id mine = id_make(STAGE_NOW_MS, 1, 1);
    int64_t since = log_size(stage);
    step_by(stage, stage->writer, none);
    assert_false(is_quiet(stage, stage->writer, since, mine));
    assert_true(is_quiet(stage, stage->writer, since + 1, mine));
}

/* One that has just started asks the table. */
CASE(a_process_that_was_not_there_answers_alike)
{
    struct stage *stage = *state;
    struct id mine = id_make(STAGE_NOW_MS, 1, 3);
    struct id theirs = id_make(STAGE_NOW_MS, 1, 4);
    int64_t since = log_size(stage);
    step_by(stage, stage->writer, mine);
    step_by(stage, stage->writer, theirs);
    writer_stop(stage->writer);
    stage->writer = another_writer(stage);
    assert_false(is_quiet(stage, stage->writer, since, mine));
    assert_true(is_quiet(stage, stage->writer, since + 1, mine));
    assert_false(is_quiet(stage, stage->writer, since + 1, theirs));
    assert_true(is_quiet(stage, stage->writer, since + 2, theirs));
    step_by(stage, stage->writer, none);
    assert_false(is_quiet(stage, stage->writer, since + 1, mine));
}

STAGE_RUN(T(what_was_rolled_back_is_forgotten), T(two_processes_that_take_turns_leave_no_gap),
          T(a_log_is_quiet_about_an_engagement_that_no_later_leaf_tells_of),
          T(a_leaf_of_no_engagement_may_tell_of_any), T(a_process_that_was_not_there_answers_alike))
