#include "core/file.h"

#include "core/fields.h"

static const struct field file_fields[] = {
    ID_FIELD(struct file),
    FIELD(struct file, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct file, name, TEXT, .flags = REQUIRED),
    FIELD(struct file, mime, TEXT, .flags = REQUIRED, .limit = MIME_LIMIT),
    FIELD(struct file, size, INTEGER, .minimum = 0, .maximum = UPLOAD_LIMIT),
    FIELD(struct file, hash, HASH, .flags = REQUIRED),
    FIELD(struct file, uploaded_by, ID, .flags = REQUIRED),
    FIELD(struct file, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape file_shape = SHAPE("file", struct file, file_fields);
