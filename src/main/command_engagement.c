/* Copies of engagements as files: the rows by their shape, then "blobs", the bytes of the files
 * that they name. Blobs are written one by one, for they may be more than fits in memory; they
 * never change, so they need not be read in the rows' transaction. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "action/engagement_copy.h"
#include "action/engagement_import.h"
#include "base/base64.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "main/commands.h"
#include "main/desk.h"
#include "platform/blob.h"
#include "platform/file.h"

/* ---- taking one out ------------------------------------------------------------------------ */

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

/* ---- taking one in ------------------------------------------------------------------------- */

/* One of "blobs". */
struct blob {
    struct hash hash;
    struct bytes bytes;
};

static const struct field blob_fields[] = {
    FIELD(struct blob, hash, HASH, .flags = REQUIRED),
    FIELD(struct blob, bytes, BYTES, .flags = REQUIRED, .limit = UPLOAD_LIMIT),
};
static const struct shape blob_shape = SHAPE("blob", struct blob, blob_fields);

/* The field of a refusal, behind where it is. */
static enum error refuse_blob(enum error error, size_t number, const struct fault *found,
                              struct fault *fault)
{
    char place[64 + sizeof found->field];
    snprintf(place, sizeof place, "blobs/%zu%s%s", number, *found->field ? "/" : "", found->field);
    return refuse(fault, error, place, "%s", found->detail);
}

/* Bytes come in before the rows that name them, as with every upload. */
static enum error keep_blob(const struct desk *desk, const json_t *object, size_t number,
                            struct fault *fault)
{
    struct arena *arena = arena_new();
    struct fault found = {0};
    struct blob blob = {0};
    enum error error = OK;
    if (!json_is_object(object))
        error = refuse(&found, ERROR_INVALID, NULL, "must be an object");
    if (!error)
        error = json_read_shape(arena, &blob_shape, object, &blob, &found);
    if (!error && !hash_equal(hash_bytes(blob.bytes.bytes, blob.bytes.size), blob.hash))
        error = refuse(&found, ERROR_INVALID, "hash", "is not that of the bytes");
    if (!error)
        error = blob_put(desk->house.app.files_directory, blob.bytes.bytes, blob.bytes.size,
                         &blob.hash, &found);
    if (error)
        refuse_blob(error, number, &found, fault);
    arena_free(arena);
    return error;
}

static enum error keep_blobs(const struct desk *desk, const json_t *blobs, struct fault *fault)
{
    enum error error = OK;
    bool is_shown = isatty(STDERR_FILENO);
    if (!json_is_array(blobs))
        return refuse(fault, ERROR_INVALID, "blobs", "must be a list");
    size_t count = json_array_size(blobs);
    for (size_t i = 0; !error && i < count; i++) {
        error = keep_blob(desk, json_array_get(blobs, i), i, fault);
        if (is_shown)
            fprintf(stderr, "\r%zu of %zu files%s", i + 1, count, i + 1 == count ? "\n" : "");
    }
    return error;
}

static enum error parse_file(const char *path, json_t **object, struct fault *fault)
{
    struct arena *arena = arena_new();
    char *bytes;
    size_t size;
    enum error error = file_read(arena, path, COPY_LIMIT, &bytes, &size, fault);
    if (!error)
        error = json_parse_object(bytes, size, object, fault);
    arena_free(arena);
    return error;
}

/* The rows are held to their shapes before any byte is kept. */
static enum error take_in(struct desk *desk, json_t *object, struct engagement *engagement,
                          struct fault *fault)
{
    struct engagement_copy copy = {0};
    json_t *blobs = json_incref(json_object_get(object, "blobs"));
    json_object_del(object, "blobs");
    enum error error = json_read_shape(desk->arena, &engagement_copy_shape, object, &copy, fault);
    if (!error)
        error = engagement_copy_check(&copy, fault);
    if (!error)
        error = keep_blobs(desk, blobs, fault);
    json_decref(blobs);
    if (!error)
        error = desk_perform(desk, &import_engagement_operation, &copy, engagement, fault);
    return error;
}

enum error command_engagement_import(struct command_call *call, struct fault *fault)
{
    struct engagement engagement;
    struct desk desk;
    json_t *object = NULL;
    enum error error = command_arguments(call, 2, 2, fault);
    if (!error)
        error = parse_file(call->arguments[1], &object, fault);
    if (error)
        return error;
    error = desk_open(call, HOUSE_WRITES, call->arguments[0], &desk, fault);
    if (!error) {
        error = take_in(&desk, object, &engagement, fault);
        desk_close(&desk);
    }
    json_decref(object);
    if (!error)
        printf("engagement \"%s\" is imported; check it with: waymark verify %s\n",
               engagement.title, call->arguments[0]);
    return error;
}
