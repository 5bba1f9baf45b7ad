/* Numbers of documents: in each series every number from 1 to the last is there, once. A series may
 * start anew each year, and credit notes may take theirs from that of invoices. */
#include <stdlib.h>
#include <string.h>

#include "audit/check.h"
#include "base/day.h"
#include "base/must.h"
#include "store/audit.h"

/* One series of one year, or of all, with a mark for each number. */
struct counter {
    int64_t year; /* 0 where it never starts anew */
    int64_t next; /* the first that was not given yet */
    uint8_t *marks;
};

struct series {
    struct audit *audit;
    enum number_series which;
    struct counter *counters;
    size_t counter_count;
};

enum { NUMBER_MOST = 1 << 28 }; /* of a series that is checked; it takes a bit each */

static struct counter *counter_of(struct series *series, int64_t year)
{
    for (size_t i = 0; i < series->counter_count; i++) {
        if (series->counters[i].year == year)
            return &series->counters[i];
    }
    return NULL;
}

static bool is_marked(const struct counter *counter, int64_t number)
{
    return counter->marks[number / 8] & (1 << (number % 8));
}

/* A number of a document whose own series is documents. What comes from another series is that
 * one's to count. */
static void take_number_of(struct series *series, enum number_series documents, const char *text)
{
    struct document_count count;
    struct report *report = series->audit->report;
    const char *name = choice_name(&number_series_choices, (int)documents);
    if (!number_format_find(&series->audit->company.numbering, documents, text, &count)) {
        if (documents == series->which)
            report_wrong(report, name, text, "it is no number of its series");
        return;
    }
    if (count.series != series->which)
        return;
    report_checked(report, 1);
    struct counter *counter = counter_of(series, count.year);
    if (!counter || count.number >= counter->next) {
        report_wrong(report, name, text, "its series never gave this number");
        return;
    }
    if (is_marked(counter, count.number))
        report_wrong(report, name, text, "it is there twice");
    counter->marks[count.number / 8] |= (uint8_t)(1 << (count.number % 8));
}

/* How a number that is not there would be written. */
static const char *number_text(struct series *series, int64_t year, int64_t number)
{
    struct arena *arena = series->audit->call->arena;
    const struct list *history = &series->audit->company.numbering;
    if (year == 0)
        return arena_format(arena, "number %lld", (long long)number);
    return number_format_write(
        arena, number_format_with(history, series->which, NUMBER_RESET_YEARLY), (int)year, number);
}

static void find_gaps(struct series *series, const struct counter *counter)
{
    const char *name = choice_name(&number_series_choices, (int)series->which);
    for (int64_t number = 1; number < counter->next; number++) {
        if (!is_marked(counter, number))
            report_wrong(series->audit->report, name, number_text(series, counter->year, number),
                         "it is missing");
    }
}

/* ---- all numbers of a series --------------------------------------------------------------- */

static enum error take_batch(struct series *series, enum number_series documents,
                             const char **after, bool *more, struct fault *fault)
{
    struct list numbers;
    enum error error =
        list_numbers(&series->audit->call->store, documents, *after, &numbers, fault);
    if (error)
        return error;
    for (size_t i = 0; i < numbers.count; i++)
        take_number_of(series, documents, LIST_AT(struct audit_finding, numbers, i)->name);
    *more = numbers.count > 0;
    if (*more)
        *after = LIST_AT(struct audit_finding, numbers, numbers.count - 1)->name;
    return OK;
}

static enum error take_documents(struct series *series, enum number_series documents,
                                 struct arena *batch, struct fault *fault)
{
    char last[256] = "";
    const char *after = last;
    bool more = true;
    enum error error = OK;
    while (!error && more) {
        error = take_batch(series, documents, &after, &more, fault);
        if (!error && after != last) {
            snprintf(last, sizeof last, "%s", after); /* it lives in the batch */
            after = last;
        }
        arena_reset(batch);
    }
    return error;
}

static enum error take_all(struct series *series, struct fault *fault)
{
    struct call *call = series->audit->call;
    struct arena *before = call->arena;
    struct arena *batch = arena_new();
    call->arena = call->store.arena = batch;
    enum error error = take_documents(series, series->which, batch, fault);
    if (!error && series->which == SERIES_INVOICE)
        error = take_documents(series, SERIES_CREDIT_NOTE, batch, fault);
    for (size_t i = 0; !error && i < series->counter_count; i++)
        find_gaps(series, &series->counters[i]);
    call->arena = call->store.arena = before;
    arena_free(batch);
    return error;
}

static enum error audit_series(struct audit *audit, enum number_series which,
                               const struct list *rows, struct fault *fault)
{
    struct series series = {.audit = audit, .which = which};
    enum error error = OK;
    series.counters = arena_array(audit->arena, rows->count, sizeof *series.counters);
    report_begin(audit->report, arena_format(audit->arena, "numbers: %s",
                                             choice_name(&number_series_choices, (int)which)));
    for (size_t i = 0; i < rows->count; i++) {
        const struct audit_finding *row = LIST_AT(struct audit_finding, *rows, i);
        if (choice_value(&number_series_choices, row->name) != (int)which)
            continue;
        if (row->found > NUMBER_MOST)
            return refuse(fault, ERROR_TOO_LARGE, NULL, "the series %s is too long", row->name);
        struct counter *counter = &series.counters[series.counter_count++];
        *counter = (struct counter){row->stored, row->found, calloc((size_t)row->found / 8 + 1, 1)};
        must(counter->marks);
    }
    error = take_all(&series, fault);
    for (size_t i = 0; i < series.counter_count; i++)
        free(series.counters[i].marks);
    if (!error)
        report_end(audit->report);
    return error;
}

enum error audit_numbers(struct audit *audit, struct fault *fault)
{
    struct list rows;
    enum error error = list_series(&audit->call->store, &rows, fault);
    for (int which = SERIES_INVOICE; !error && which <= SERIES_LAST; which++)
        error = audit_series(audit, (enum number_series)which, &rows, fault);
    return error;
}
