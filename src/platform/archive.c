#include "platform/archive.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

/* Offsets as in PKWARE's APPNOTE, sections 4.3.12 and 4.3.16; all numbers are little-endian. */
enum {
    END_SIZE = 22, /* of the end record, without its comment */
    END_MEMBERS = 10,
    END_DIRECTORY = 16,
    COMMENT_MAX = 65535,
    MEMBER_SIZE = 46, /* of a directory entry, without name, extra field and comment */
    MEMBER_NAME_LENGTH = 28,
    MEMBER_EXTRA_LENGTH = 30,
    MEMBER_COMMENT_LENGTH = 32,
};

static const char first_signature[] = "PK\3\4";
static const char end_signature[] = "PK\5\6";
static const char member_signature[] = "PK\1\2";

static size_t number_16(const uint8_t *at)
{
    return (size_t)at[0] | (size_t)at[1] << 8;
}

static size_t number_32(const uint8_t *at)
{
    return number_16(at) | number_16(at + 2) << 16;
}

/* The record at the end, behind which only a comment may stand; NULL if there is none. */
static const uint8_t *find_end(const uint8_t *bytes, size_t size)
{
    for (size_t back = END_SIZE; back <= size && back <= END_SIZE + COMMENT_MAX; back++)
        if (memcmp(bytes + size - back, end_signature, 4) == 0)
            return bytes + size - back;
    return NULL;
}

bool archive_has(const void *bytes, size_t size, const char *beginning)
{
    const uint8_t *end = find_end(bytes, size);
    size_t length = strlen(beginning);
    if (!end || memcmp(bytes, first_signature, 4) != 0 || number_32(end + END_DIRECTORY) > size)
        return false;
    const uint8_t *at = (const uint8_t *)bytes + number_32(end + END_DIRECTORY);
    for (size_t left = number_16(end + END_MEMBERS); left > 0; left--) {
        if (at > end || end - at < MEMBER_SIZE || memcmp(at, member_signature, 4) != 0)
            return false;
        size_t name_length = number_16(at + MEMBER_NAME_LENGTH);
        size_t rest = name_length + number_16(at + MEMBER_EXTRA_LENGTH) +
                      number_16(at + MEMBER_COMMENT_LENGTH);
        if ((size_t)(end - at) - MEMBER_SIZE < rest)
            return false;
        if (name_length >= length &&
            strncasecmp((const char *)at + MEMBER_SIZE, beginning, length) == 0)
            return true;
        at += MEMBER_SIZE + rest;
    }
    return false;
}
