#include "core/file.h"

#include <string.h>

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

static bool has_control(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return true;
    }
    return false;
}

enum error file_name_check(const char *name, struct fault *fault)
{
    size_t length = name ? strlen(name) : 0;
    if (length == 0 || length > SHORT_TEXT_LIMIT)
        return refuse(fault, ERROR_INVALID, "name", "must have 1 to %d bytes", SHORT_TEXT_LIMIT);
    if (name[0] == '.' || strpbrk(name, "/\\") || has_control(name))
        return refuse(fault, ERROR_INVALID, "name",
                      "must be a file's name, without folders and control characters");
    return OK;
}
