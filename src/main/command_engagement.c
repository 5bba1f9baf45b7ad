/* Copies of engagements as files: the rows by their shape, then "blobs", the bytes of the files
 * that they name. Blobs are written one by one, for they may be more than fits in memory; they
 * never change, so they need not be read in the rows' transaction. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "action/engagement_copy.h"
#include "base/base64.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "main/commands.h"
#include "main/desk.h"
#include "platform/blob.h"

static enum error put_blob(const struct desk *desk, struct hash hash, struct fault *fault)
{
    struct arena *arena = arena_new();
    char hex[HASH_HEX_SIZE];
    const char *bytes;
    size_t size;
    enum error error =
        blob_read(desk->house.app.files_directory, hash, UPLOAD_LIMIT, arena, &bytes, &size, fault);
    if (error) {
        refuse(fault, error, hash_to_hex(hash, hex), "a file of this engagement cannot be read");
    } else {
        char *text = arena_alloc(arena, BASE64_SIZE(size));
        printf("\n{\"hash\":\"%s\",\"bytes\":\"%s\"}", hash_to_hex(hash, hex),
               base64_encode(bytes, size, text));
    }
    arena_free(arena);
    return error;
}

static enum error put_blobs(const struct desk *desk, const struct engagement_copy *copy,
                            struct fault *fault)
{
    struct list hashes = engagement_copy_blobs(desk->arena, copy);
    bool is_shown = isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
    enum error error = OK;
    for (size_t i = 0; !error && i < hashes.count; i++) {
        if (i > 0)
            putchar(',');
        error = put_blob(desk, *LIST_AT(struct hash, hashes, i), fault);
        if (is_shown)
            fprintf(stderr, "\r%zu of %zu files%s", i + 1, hashes.count,
                    i + 1 == hashes.count ? "\n" : "");
    }
    return error;
}

static enum error put_copy(const struct desk *desk, const struct engagement_copy *copy,
                           struct fault *fault)
{
    struct text_buffer text = text_buffer_in(desk->arena);
    json_write_shape(&text, &engagement_copy_shape, copy, JSON_FOR_AGENCY);
    must(text.size > 0 && text.bytes[text.size - 1] == '}');
    text.bytes[text.size - 1] = ',';
    fputs(text.bytes, stdout);
    fputs("\n\"blobs\":[", stdout);
    enum error error = put_blobs(desk, copy, fault);
    fputs("]}\n", stdout);
    if (!error && (fflush(stdout) != 0 || ferror(stdout)))
        return refuse(fault, ERROR_STORAGE, NULL, "the copy cannot be written");
    return error;
}

enum error command_engagement_export(struct command_call *call, struct fault *fault)
{
    struct subject in = {0};
    struct engagement_copy copy;
    struct desk desk;
    enum error error = command_arguments(call, 2, 2, fault);
    if (!error)
        error = command_member(call, export_engagement_operation.in, "engagement_id",
                               call->arguments[1], &in, fault);
    if (!error)
        error = desk_open(call, HOUSE_READS, call->arguments[0], &desk, fault);
    if (error)
        return error;
    error = desk_perform(&desk, &export_engagement_operation, &in, &copy, fault);
    if (!error)
        error = put_copy(&desk, &copy, fault);
    desk_close(&desk);
    return error;
}
