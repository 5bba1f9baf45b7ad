#include "main/found.h"

#include "action/perform.h"

enum error house_companies(struct house *house, struct arena *arena, struct list *companies,
                           struct fault *fault)
{
    struct call call = call_by(&house->app, arena, 0, ACTOR_OPERATOR);
    *companies = (struct list){0};
    call.store.session = readers_take(house->readers);
    enum error error = db_begin(call.store.session, fault);
    if (!error)
        error = list_companies(&call.store, companies, fault);
    db_rollback(call.store.session);
    readers_put(house->readers, call.store.session);
    return error;
}

static enum error next_company_number(struct house *house, struct arena *arena, int64_t *number,
                                      struct fault *fault)
{
    struct list companies;
    enum error error = house_companies(house, arena, &companies, fault);
    *number = 1;
    for (size_t i = 0; i < companies.count; i++) {
        int64_t taken = LIST_AT(struct company_entry, companies, i)->number;
        if (taken >= *number)
            *number = taken + 1;
    }
    return error;
}

enum error found_company(struct house *house, struct arena *arena, struct create_company *in,
                         struct company *company, int64_t *number, struct fault *fault)
{
    enum error error = next_company_number(house, arena, number, fault);
    if (error)
        return error;
    struct call call = call_by(&house->app, arena, *number, ACTOR_OPERATOR);
    struct db_session *reading = readers_take(house->readers);
    error = perform_writing(&call, house_writer(house, *number), reading, &create_company_operation,
                            in, company, fault);
    readers_put(house->readers, reading);
    return error;
}
