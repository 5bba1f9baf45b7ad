#include "core/search_hit.h"

#include <string.h>

#include "base/letter.h"
#include "base/limits.h"

enum { BEFORE = 60, AROUND = 160 }; /* bytes */

static const struct field fields[] = {
    FIELD(struct search_hit, kind, TEXT),
    FIELD(struct search_hit, id, ID),
    FIELD(struct search_hit, engagement_id, ID),
    FIELD(struct search_hit, title, TEXT),
    FIELD(struct search_hit, snippet, TEXT, .limit = LONG_TEXT_LIMIT),
};
const struct shape search_hit_shape = SHAPE("search_hit", struct search_hit, fields);

static bool is_within_character(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

void search_hit_shorten(struct search_hit *hit, const char *word, struct arena *arena)
{
    if (!hit->snippet || strlen(hit->snippet) <= AROUND)
        return;
    const char *found = letters_find(hit->snippet, word);
    const char *start = hit->snippet;
    if (found && found - start > BEFORE)
        start = found - BEFORE;
    while (is_within_character(*start))
        start++;
    size_t size = strnlen(start, AROUND);
    while (size > 0 && is_within_character(start[size]))
        size--;
    const char *before = start > hit->snippet ? "…" : "";
    const char *after = start[size] ? "…" : "";
    hit->snippet = arena_format(arena, "%s%.*s%s", before, (int)size, start, after);
}
