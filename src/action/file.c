#include "action/file.h"

#include "base/limits.h"
#include "core/engagement.h"
#include "platform/blob.h"
#include "platform/filetype.h"

/* ---- uploading ----------------------------------------------------------------------------- */

static const struct field upload_fields[] = {
    FIELD(struct upload_file, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct upload_file, name, TEXT, .flags = FROM_QUERY | REQUIRED),
    FIELD(struct upload_file, content, BYTES, .flags = FROM_RAW_BODY, .limit = UPLOAD_LIMIT),
};
static const struct shape upload_shape = SHAPE("upload_file", struct upload_file, upload_fields);

static enum error check_upload(struct call *call, struct upload_file *in, struct fault *fault)
{
    const struct upload upload = {
        .name = in->name,
        .media_type = call->content_type,
        .bytes = in->content.bytes,
        .size = in->content.size,
    };
    enum error error = file_name_check(in->name, fault);
    if (!error && in->content.size > UPLOAD_LIMIT)
        error = refuse(fault, ERROR_TOO_LARGE, "file", "a file has at most %d bytes", UPLOAD_LIMIT);
    if (!error)
        error = filetype_check(call->app->filetypes, &upload, &in->mime, fault);
    return error;
}

/* The engagement is looked up here already, so that nobody fills the disk for nothing; none ever
 * goes away. */
static enum error prepare_upload_file(struct call *call, void *input, struct fault *fault)
{
    struct upload_file *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    if (!error)
        error = check_upload(call, in, fault);
    if (!error)
        error = blob_put(call->app->files_directory, in->content.bytes, in->content.size, &in->hash,
                         fault);
    return error;
}

static enum error upload_file(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    const struct upload_file *in = input;
    struct file *file = output;
    *file = (struct file){
        .id = call_id(call),
        .engagement_id = in->engagement_id,
        .name = in->name,
        .mime = in->mime,
        .size = (int64_t)in->content.size,
        .hash = in->hash,
        .uploaded_by = call->actor.id,
        .created_at = call->now_ms,
    };
    happened(call, "file.uploaded", file->id, file->engagement_id);
    return insert_row(call, &file_shape, file, fault);
}

const struct operation upload_file_operation = {
    .name = "upload_file",
    .permission = PERMIT_DELIVER,
    .writes = true,
    .in = &upload_shape,
    .out = &file_shape,
    .prepare = prepare_upload_file,
    .run = upload_file,
};

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_files),
    FIELD(struct list_files, engagement_id, ID, .flags = FROM_PATH),
};
static const struct shape list_shape = SHAPE("list_files", struct list_files, list_fields);

static const struct shape page_shape = PAGE_SHAPE("file_page", file_shape);

static const struct listing files = {
    .shape = &file_shape,
    .sorts = (const char *const[]){"name", "size", NULL},
};

static enum error list_files(struct call *call, const void *input, void *output,
                             struct fault *fault)
{
    const struct list_files *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &files, &list_shape, in, output, fault);
}

const struct operation list_files_operation = {
    .name = "list_files",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_files,
};

static const struct shape subject_shape = SUBJECT_SHAPE(file_id);

const struct operation show_file_operation = {
    .name = "show_file",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &file_shape,
};

static enum error download_file(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct subject *in = input;
    struct file *file = output;
    enum error error = load_row(call, &file_shape, in->id, file, fault);
    if (!error && !blob_exists(call->app->files_directory, file->hash))
        error = refuse(fault, ERROR_STORAGE, NULL, "the bytes of this file are missing");
    return error;
}

const struct operation download_file_operation = {
    .name = "download_file",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &file_shape,
    .run = download_file,
};
