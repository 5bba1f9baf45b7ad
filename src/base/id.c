#include "base/id.h"

#include <stddef.h>
#include <string.h>

#include "base/must.h"

struct id id_make(int64_t time_ms, unsigned sequence, uint64_t random)
{
    must(time_ms >= 0 && time_ms < (INT64_C(1) << 48) && sequence < (1U << 12));
    struct id id;
    for (int i = 0; i < 6; i++)
        id.bytes[i] = (uint8_t)(time_ms >> (40 - 8 * i));
    id.bytes[6] = (uint8_t)(0x70 | sequence >> 8);
    id.bytes[7] = (uint8_t)sequence;
    for (int i = 0; i < 8; i++)
        id.bytes[8 + i] = (uint8_t)(random >> (56 - 8 * i));
    id.bytes[8] = (uint8_t)(0x80 | (id.bytes[8] & 0x3f));
    return id;
}

int64_t id_time_ms(struct id id)
{
    int64_t time_ms = 0;
    for (int i = 0; i < 6; i++)
        time_ms = time_ms << 8 | id.bytes[i];
    return time_ms;
}

static bool hyphen_follows(int byte)
{
    return byte == 3 || byte == 5 || byte == 7 || byte == 9;
}

char *id_format(struct id id, char text[static ID_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    char *at = text;
    for (int i = 0; i < 16; i++) {
        *at++ = digits[id.bytes[i] >> 4];
        *at++ = digits[id.bytes[i] & 15];
        if (hyphen_follows(i))
            *at++ = '-';
    }
    *at = '\0';
    return text;
}

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

bool id_parse(const char *text, struct id *id)
{
    if (strlen(text) != ID_TEXT_SIZE - 1)
        return false;
    for (int i = 0; i < 16; i++) {
        int high = hex_value(text[0]);
        int low = hex_value(text[1]);
        if (high < 0 || low < 0)
            return false;
        id->bytes[i] = (uint8_t)(high << 4 | low);
        text += 2;
        if (hyphen_follows(i) && *text++ != '-')
            return false;
    }
    return true;
}

bool id_is_none(struct id id)
{
    return id_equal(id, (struct id){0});
}

bool id_equal(struct id a, struct id b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}
