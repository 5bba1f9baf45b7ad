/* Uploaded files: each there, whole, and of the size on record. */
#include <unistd.h>

#include "audit/check.h"
#include "platform/blob.h"

static enum error check_size(struct audit *audit, const struct file *file, struct fault *fault)
{
    int descriptor;
    int64_t size;
    enum error error =
        blob_open(audit->call->app->files_directory, file->hash, &descriptor, &size, fault);
    if (error)
        return error;
    close(descriptor);
    if (size != file->size)
        report_wrong_row(audit->report, "file", file->id, "%s has %lld bytes, not %lld", file->name,
                         (long long)size, (long long)file->size);
    return OK;
}

static enum error check_files(struct audit *audit, const struct list *rows, void *context,
                              struct fault *fault)
{
    enum error error = OK;
    (void)context;
    for (size_t i = 0; !error && i < rows->count; i++) {
        const struct file *file = LIST_AT(struct file, *rows, i);
        error = blob_check(audit->call->app->files_directory, file->hash, fault);
        if (!error)
            error = check_size(audit, file, fault);
        if (error == ERROR_NOT_FOUND || error == ERROR_CHECK_FAILED) {
            report_wrong_row(audit->report, "file", file->id, "%s is %s", file->name,
                             error == ERROR_NOT_FOUND ? "missing" : "damaged");
            error = OK;
        }
        report_checked(audit->report, 1);
    }
    return error;
}

enum error audit_files(struct audit *audit, struct fault *fault)
{
    const struct audit_walk walk = {.shape = &file_shape, .visit = check_files};
    report_begin(audit->report, "files");
    enum error error = audit_walk(audit, &walk, fault);
    if (!error)
        report_end(audit->report);
    return error;
}
