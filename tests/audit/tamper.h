/* Runs the audit on a stage, and changes the database behind everybody's back. */
#ifndef WAYMARK_TESTS_AUDIT_TAMPER_H
#define WAYMARK_TESTS_AUDIT_TAMPER_H

#include <stdlib.h>

#include "../stage.h"
#include "audit/audit.h"

struct outcome {
    char *text;
    size_t size;
    int64_t failed;
};

static inline struct outcome audit_of(struct stage *stage, int64_t company)
{
    struct outcome outcome = {0};
    FILE *out = open_memstream(&outcome.text, &outcome.size);
    struct report report = report_to(out, NULL);
    struct call call = call_by(&stage->app, stage->arena, company, ACTOR_OPERATOR);
    call.store.session = stage->reading;
    assert_result(stage, db_begin(stage->reading, &stage->fault), OK);
    enum error error = audit_company(&call, &report, &stage->fault);
    if (!error)
        error = audit_server(&call, &report, &stage->fault);
    db_rollback(stage->reading);
    outcome.failed = report.checks_failed;
    report_free(&report);
    fclose(out);
    if (error)
        print_error("%s", outcome.text);
    assert_result(stage, error, OK);
    return outcome;
}

static inline struct outcome audit(struct stage *stage)
{
    return audit_of(stage, 1);
}

/* What `waymark verify` would say of a company. */
static inline void assert_sound_of(struct stage *stage, int64_t company)
{
    struct outcome outcome = audit_of(stage, company);
    if (outcome.failed > 0)
        fputs(outcome.text, stderr); /* too long for cmocka */
    assert_int_equal(outcome.failed, 0);
    free(outcome.text);
}

static inline void assert_sound(struct stage *stage)
{
    assert_sound_of(stage, 1);
}

struct forgery {
    struct write_job job;
    const char *sql;
};

static inline enum error forge_body(struct write_job *job, struct write_group *group,
                                    struct fault *fault)
{
    const struct forgery *forgery = (const struct forgery *)job; /* its first member */
    group->changed = true;
    return db_script(group->session, forgery->sql, fault);
}

static inline void forge(struct stage *stage, const char *sql)
{
    struct forgery forgery = {{.body = forge_body}, sql};
    assert_result(stage, writer_run(stage->writer, &forgery.job, &stage->fault), OK);
}

/* Changes the database behind everybody's back, expects the audit to say so, and changes it back.
 */
static inline void tamper(struct stage *stage, const char *change, const char *back,
                          const char *said)
{
    forge(stage, change);
    struct outcome outcome = audit(stage);
    if (outcome.failed == 0 || !strstr(outcome.text, said))
        print_error("%s\nshould say: %s\n%s", change, said, outcome.text);
    assert_true(outcome.failed > 0);
    assert_non_null(strstr(outcome.text, said));
    free(outcome.text);
    forge(stage, back);
}

#endif
