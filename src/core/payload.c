#include "core/payload.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/text.h"

/* Every row starts with this, and nothing else in a payload can contain it. */
static const char row_start[] = "{\"hash\":\"";
enum { SHORTEST_ROW = 120 };

bool payload_kind_is_valid(const char *kind)
{
    size_t length = strspn(kind, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return length > 0 && length <= PAYLOAD_KIND_LIMIT && kind[length] == '\0' && kind[0] >= 'a' &&
           kind[0] <= 'z';
}

char *payload_format(struct arena *arena, const struct payload *payload)
{
    must(payload_kind_is_valid(payload->actor_kind));
    struct text_buffer text = text_buffer_in(arena);
    char id[ID_TEXT_SIZE], hash[HASH_BASE64_SIZE];
    text_printf(&text, "{\"actor\":{\"id\":\"%s\",\"kind\":\"%s\"},\"rows\":[",
                id_format(payload->actor, id), payload->actor_kind);
    for (size_t i = 0; i < payload->row_count; i++) {
        const struct payload_row *row = &payload->rows[i];
        must(payload_kind_is_valid(row->kind) && row->version > 0);
        text_printf(&text, "%s%s%s\",\"id\":\"%s\",\"kind\":\"%s\",\"version\":%" PRId64 "}",
                    i > 0 ? "," : "", row_start, hash_to_base64(row->hash, hash),
                    id_format(row->id, id), row->kind, row->version);
    }
    text_put_text(&text, "]}");
    return text.bytes;
}

/* Reading from left to right. Every taker moves on past what it took, or is false. */
struct reader {
    struct arena *arena;
    const char *at;
};

static bool take(struct reader *reader, const char *text)
{
    size_t length = strlen(text);
    if (strncmp(reader->at, text, length) != 0)
        return false;
    reader->at += length;
    return true;
}

/* What stands before the next quote, in the arena; NULL if there is none. */
static char *take_string(struct reader *reader)
{
    const char *quote = strchr(reader->at, '"');
    if (!quote)
        return NULL;
    char *string = arena_text_n(reader->arena, reader->at, (size_t)(quote - reader->at));
    reader->at = quote;
    return string;
}

static bool take_kind(struct reader *reader, const char **kind)
{
    *kind = take_string(reader);
    return *kind && payload_kind_is_valid(*kind);
}

static bool take_id(struct reader *reader, struct id *id)
{
    const char *text = take_string(reader);
    char canonical[ID_TEXT_SIZE];
    return text && id_parse(text, id) && strcmp(id_format(*id, canonical), text) == 0;
}

static bool take_hash(struct reader *reader, struct hash *hash)
{
    const char *text = take_string(reader);
    return text && hash_from_base64(text, hash);
}

static bool take_version(struct reader *reader, int64_t *version)
{
    if (*reader->at < '1' || *reader->at > '9')
        return false;
    char *end;
    errno = 0;
    *version = strtoll(reader->at, &end, 10);
    reader->at = end;
    return errno == 0;
}

static bool take_row(struct reader *reader, struct payload_row *row)
{
    return take(reader, row_start) && take_hash(reader, &row->hash) &&
           take(reader, "\",\"id\":\"") && take_id(reader, &row->id) &&
           take(reader, "\",\"kind\":\"") && take_kind(reader, &row->kind) &&
           take(reader, "\",\"version\":") && take_version(reader, &row->version) &&
           take(reader, "}");
}

static size_t count_rows(const char *text)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, row_start)); at++)
        count++;
    return count;
}

static bool read_payload(struct reader *reader, struct payload *payload)
{
    if (!take(reader, "{\"actor\":{\"id\":\"") || !take_id(reader, &payload->actor) ||
        !take(reader, "\",\"kind\":\"") || !take_kind(reader, &payload->actor_kind) ||
        !take(reader, "\"},\"rows\":["))
        return false;
    size_t count = count_rows(reader->at);
    if (count > strlen(reader->at) / SHORTEST_ROW)
        return false;
    struct payload_row *rows = arena_array(reader->arena, count, sizeof *rows);
    for (size_t i = 0; i < count; i++)
        if ((i > 0 && !take(reader, ",")) || !take_row(reader, &rows[i]))
            return false;
    payload->rows = rows;
    payload->row_count = count;
    return take(reader, "]}") && *reader->at == '\0';
}

enum error payload_parse(struct arena *arena, const char *text, struct payload *payload,
                         struct fault *fault)
{
    struct reader reader = {arena, text};
    if (!read_payload(&reader, payload))
        return refuse(fault, ERROR_MALFORMED, "payload", "it is no payload from character %td on",
                      reader.at - text + 1);
    return OK;
}

bool payload_belongs(const char *text, const struct salt *salt, const struct leaf *leaf)
{
    return hash_equal(salted_hash(salt, text, strlen(text)), leaf->payload);
}
