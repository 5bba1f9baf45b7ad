#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "action/perform.h"
#include "audit/audit.h"
#include "main/commands.h"
#include "main/house.h"
#include "store/person.h"

struct verification {
    struct house *house;
    struct db_session *reading;
    struct report *report;
    const char *slug; /* the one company that is asked for, or NULL */
};

static enum error verify_company(struct verification *verification,
                                 const struct company_entry *company, struct fault *fault)
{
    struct arena *arena = arena_new();
    struct call call = call_by(&verification->house->app, arena, company->number, ACTOR_OPERATOR);
    call.store.session = verification->reading;
    printf("company %s\n", company->slug);
    enum error error = audit_company(&call, verification->report, fault);
    arena_free(arena);
    return error;
}

static enum error verify_all(struct verification *verification, struct arena *arena,
                             struct fault *fault)
{
    struct list companies;
    size_t verified = 0;
    struct call call = call_by(&verification->house->app, arena, 0, ACTOR_OPERATOR);
    call.store.session = verification->reading;
    enum error error = list_companies(&call.store, &companies, fault);
    for (size_t i = 0; !error && i < companies.count; i++) {
        const struct company_entry *company = LIST_AT(struct company_entry, companies, i);
        if (verification->slug && strcmp(verification->slug, company->slug) != 0)
            continue;
        error = verify_company(verification, company, fault);
        verified++;
    }
    if (error)
        return error;
    if (verification->slug)
        return verified ? OK : refuse(fault, ERROR_NOT_FOUND, verification->slug, "no company");
    puts("server");
    return audit_server(&call, verification->report, fault);
}

/* All of it in one snapshot, so that a server may go on writing meanwhile. */
static enum error verify(struct verification *verification, struct arena *arena,
                         struct fault *fault)
{
    enum error error = db_begin(verification->reading, fault);
    if (error)
        return error;
    error = verify_all(verification, arena, fault);
    db_rollback(verification->reading);
    return error;
}

static enum error tell_result(const struct report *report, struct fault *fault)
{
    if (report->checks_failed > 0)
        return refuse(fault, ERROR_CHECK_FAILED, NULL, "%lld of %lld checks failed.",
                      (long long)report->checks_failed, (long long)report->checks_done);
    printf("all %lld checks passed\n", (long long)report->checks_done);
    return OK;
}

static bool wants_colour(void)
{
    const char *none = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && (!none || *none == '\0');
}

enum error command_verify(struct command_call *call, struct fault *fault)
{
    struct house house;
    enum error error = command_arguments(call, 0, 1, fault);
    if (!error)
        error = house_open(call->config, HOUSE_READS, &house, fault);
    if (error)
        return error;
    struct report report = report_to(stdout, isatty(STDERR_FILENO) ? stderr : NULL);
    report.is_coloured = wants_colour();
    struct verification verification = {
        .house = &house,
        .reading = readers_take(house.readers),
        .report = &report,
        .slug = call->count > 0 ? call->arguments[0] : NULL,
    };
    error = verify(&verification, call->arena, fault);
    readers_put(house.readers, verification.reading);
    if (!error)
        error = tell_result(&report, fault);
    report_free(&report);
    house_close(&house);
    return error;
}
