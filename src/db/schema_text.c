#include "db/schema_text.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

struct translation {
    const struct schema_dialect *dialect;
    struct text_buffer out;
    int words;          /* seen in the present statement */
    bool creates;       /* its first word is CREATE */
    bool creates_table; /* and its second TABLE */
    bool rowid;         /* the comment was seen in it */
    bool after_as;      /* the last word was AS */
};

static bool is_word(char character)
{
    return isalnum((unsigned char)character) || character == '_';
}

static bool same(const char *word, size_t size, const char *other)
{
    return strlen(other) == size && memcmp(word, other, size) == 0;
}

static size_t length_to(const char *at, const char *end)
{
    const char *found = strstr(at, end);
    return found ? (size_t)(found - at) + strlen(end) : strlen(at);
}

/* What is copied as it stands: a comment, or something in quotes (a doubled quote inside reads as
 * two neighbours). 0 if there is none here. */
static size_t verbatim_length(const char *at)
{
    if (strncmp(at, "--", 2) == 0)
        return length_to(at, "\n");
    if (strncmp(at, "/*", 2) == 0)
        return length_to(at, "*/");
    if (*at == '\'' || *at == '"')
        return 1 + length_to(at + 1, *at == '"' ? "\"" : "'");
    return 0;
}

static const char *translated(const struct translation *now, const char *word, size_t size)
{
    const struct schema_dialect *dialect = now->dialect;
    if (same(word, size, "ID"))
        return dialect->id;
    if (same(word, size, "INTEGER"))
        return dialect->integer;
    if (same(word, size, "TEXT"))
        return now->after_as ? dialect->text_cast : dialect->text;
    if (same(word, size, "BYTES"))
        return dialect->bytes;
    return NULL;
}

static size_t put_word(struct translation *now, const char *word)
{
    size_t size = 0;
    while (is_word(word[size]))
        size++;
    const char *other = translated(now, word, size);
    if (other)
        text_put_text(&now->out, other);
    else
        text_put(&now->out, word, size);
    if (now->words == 0)
        now->creates = same(word, size, "CREATE");
    else if (now->words == 1)
        now->creates_table = now->creates && same(word, size, "TABLE");
    now->after_as = same(word, size, "AS");
    now->words++;
    return size;
}

static void end_statement(struct translation *now)
{
    if (now->creates_table)
        text_put_text(&now->out,
                      now->rowid ? now->dialect->table_options_rowid : now->dialect->table_options);
    text_put_char(&now->out, ';');
    now->words = 0;
    now->creates = now->creates_table = now->rowid = now->after_as = false;
}

const char *schema_translate(const char *sql, const struct schema_dialect *dialect,
                             struct arena *arena)
{
    struct translation now = {.dialect = dialect, .out = text_buffer_in(arena)};
    for (const char *at = sql; *at;) {
        size_t size = verbatim_length(at);
        if (size > 0) {
            now.rowid = now.rowid || strncmp(at, "/* rowid */", 11) == 0;
            text_put(&now.out, at, size);
        } else if (is_word(*at)) {
            size = put_word(&now, at);
        } else if (*at == ';') {
            size = 1;
            end_statement(&now);
        } else {
            size = 1;
            text_put_char(&now.out, *at);
        }
        at += size;
    }
    return now.out.bytes;
}
