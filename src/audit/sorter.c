#include "audit/sorter.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/must.h"

enum { RUNS_MAX = 1024, RUN_RECORDS = 512 };

/* A sorted stretch of the file, of which a part is in memory. */
struct run {
    off_t at, end; /* what is still to be read, in bytes */
    uint8_t *records;
    size_t count, next;
};

struct sorter {
    size_t record_size;
    size_t room; /* records */
    uint8_t *records;
    size_t count, next;
    FILE *file;
    off_t written;
    struct run runs[RUNS_MAX];
    size_t run_count;
    bool is_sorted;
    struct run *taken; /* from which the last record came */
};

struct sorter *sorter_new(size_t record_size, size_t memory)
{
    struct sorter *sorter = calloc(1, sizeof *sorter);
    must(sorter && record_size > 0 && memory >= record_size);
    sorter->record_size = record_size;
    sorter->room = memory / record_size;
    sorter->records = malloc(sorter->room * record_size);
    must(sorter->records);
    return sorter;
}

void sorter_free(struct sorter *sorter)
{
    if (!sorter)
        return;
    for (size_t i = 0; i < sorter->run_count; i++)
        free(sorter->runs[i].records);
    if (sorter->file)
        fclose(sorter->file);
    free(sorter->records);
    free(sorter);
}

static enum error refuse_file(struct fault *fault, const char *what)
{
    return refuse(fault, ERROR_STORAGE, NULL, "a temporary file cannot be %s: %s", what,
                  strerror(errno));
}

static enum error open_file(struct sorter *sorter, struct fault *fault)
{
    char path[4096];
    const char *directory = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/waymark-XXXXXX", directory && *directory ? directory : "/tmp");
    int descriptor = mkstemp(path);
    if (descriptor < 0)
        return refuse_file(fault, "made");
    unlink(path);
    sorter->file = fdopen(descriptor, "w+b");
    must(sorter->file);
    return OK;
}

static int compare(const void *a, const void *b, void *context)
{
    const struct sorter *sorter = context;
    return memcmp(a, b, sorter->record_size);
}

static void sort(struct sorter *sorter)
{
    qsort_r(sorter->records, sorter->count, sorter->record_size, compare, sorter);
}

/* Moves what is in memory to the file, as a run. */
static enum error spill(struct sorter *sorter, struct fault *fault)
{
    if (!sorter->file) {
        enum error error = open_file(sorter, fault);
        if (error)
            return error;
    }
    if (sorter->run_count == RUNS_MAX)
        return refuse(fault, ERROR_TOO_LARGE, NULL, "there is too much to sort");
    sort(sorter);
    if (fwrite(sorter->records, sorter->record_size, sorter->count, sorter->file) != sorter->count)
        return refuse_file(fault, "written");
    off_t start = sorter->written;
    sorter->written += (off_t)(sorter->count * sorter->record_size);
    sorter->runs[sorter->run_count++] = (struct run){.at = start, .end = sorter->written};
    sorter->count = 0;
    return OK;
}

enum error sorter_add(struct sorter *sorter, const void *record, struct fault *fault)
{
    must(!sorter->is_sorted);
    if (sorter->count == sorter->room) {
        enum error error = spill(sorter, fault);
        if (error)
            return error;
    }
    memcpy(sorter->records + sorter->count++ * sorter->record_size, record, sorter->record_size);
    return OK;
}

/* ---- giving them back ---------------------------------------------------------------------- */

static enum error refill(struct sorter *sorter, struct run *run, struct fault *fault)
{
    size_t left = (size_t)(run->end - run->at) / sorter->record_size;
    size_t wanted = left < RUN_RECORDS ? left : RUN_RECORDS;
    run->next = 0;
    run->count = 0;
    if (wanted == 0)
        return OK;
    if (fseeko(sorter->file, run->at, SEEK_SET) != 0 ||
        fread(run->records, sorter->record_size, wanted, sorter->file) != wanted)
        return refuse_file(fault, "read");
    run->count = wanted;
    run->at += (off_t)(wanted * sorter->record_size);
    return OK;
}

static enum error start_merging(struct sorter *sorter, struct fault *fault)
{
    enum error error = sorter->count > 0 ? spill(sorter, fault) : OK;
    if (!error && fflush(sorter->file) != 0)
        error = refuse_file(fault, "written");
    for (size_t i = 0; !error && i < sorter->run_count; i++) {
        sorter->runs[i].records = malloc(RUN_RECORDS * sorter->record_size);
        must(sorter->runs[i].records);
        error = refill(sorter, &sorter->runs[i], fault);
    }
    return error;
}

static const uint8_t *head_of(const struct sorter *sorter, const struct run *run)
{
    return run->next < run->count ? run->records + run->next * sorter->record_size : NULL;
}

static enum error next_of_runs(struct sorter *sorter, const void **record, struct fault *fault)
{
    enum error error = OK;
    const uint8_t *least = NULL;
    if (sorter->taken && ++sorter->taken->next == sorter->taken->count)
        error = refill(sorter, sorter->taken, fault);
    sorter->taken = NULL;
    for (size_t i = 0; !error && i < sorter->run_count; i++) {
        const uint8_t *head = head_of(sorter, &sorter->runs[i]);
        if (head && (!least || memcmp(head, least, sorter->record_size) < 0)) {
            least = head;
            sorter->taken = &sorter->runs[i];
        }
    }
    *record = least;
    return error;
}

enum error sorter_next(struct sorter *sorter, const void **record, struct fault *fault)
{
    enum error error = OK;
    if (!sorter->is_sorted) {
        sorter->is_sorted = true;
        if (sorter->file)
            error = start_merging(sorter, fault);
        else
            sort(sorter);
    }
    if (error)
        return error;
    if (sorter->file)
        return next_of_runs(sorter, record, fault);
    *record = sorter->next < sorter->count ? sorter->records + sorter->next++ * sorter->record_size
                                           : NULL;
    return OK;
}
