#include "store/search.h"

#include <ctype.h>
#include <string.h>

#include "base/letter.h"
#include "base/must.h"
#include "base/text.h"

enum { HOLDS_LIMIT = 3 };

/* Where to look. Columns are those of the table, named t. */
struct source {
    const char *table;
    const char *kind;       /* SQL */
    const char *engagement; /* SQL for its engagement's id */
    const char *title;      /* SQL */
    const char *snippet;    /* SQL */
    const char *condition;  /* what can be found of it, besides what the viewer may see; or NULL */
    const char *owner;      /* of a client: SQL over :viewer_client */
    const char *holds[HOLDS_LIMIT]; /* SQL texts, one of which holds the word in any case */
    const char *begins; /* SQL text that begins with the word, as typed or in capitals; or NULL */
    const char *newest; /* SQL for the agency's newest that can match, found by an index; or NULL */
};

#define NO_ID "NULLIF(t.id, t.id)" /* of the type that an id has */

/* By the index of numbers, from its end: a beginning that all numbers share finds few, too. */
#define NEWEST(kind, from, end)                                                                    \
    "SELECT * FROM (SELECT * FROM invoice WHERE company = :company AND kind = '" kind              \
    "' AND number >= :" from " AND number < :" end " ORDER BY number DESC LIMIT :limit) n"
#define NEWEST_OF(kind)                                                                            \
    NEWEST(kind, "word", "word_end") " UNION " NEWEST(kind, "capitals", "capitals_end")
#define OF_ENGAGEMENT                                                                              \
    "t.engagement_id IN (SELECT e.id FROM engagement e"                                            \
    " WHERE e.company = :company AND e.client_id = :viewer_client)"
#define ENGAGEMENT_TITLE                                                                           \
    "(SELECT e.title FROM engagement e WHERE e.company = t.company AND e.id = t.engagement_id)"

static const struct source sources[] = {
    {
        .table = "client",
        .kind = "'client'",
        .engagement = NO_ID,
        .title = "t.name",
        .snippet = "COALESCE(t.reference, t.legal_name)",
        .owner = "t.id = :viewer_client",
        .holds = {"t.name", "t.legal_name", "t.reference"},
    },
    {
        .table = "contact",
        .kind = "'contact'",
        .engagement = NO_ID,
        .title = "t.name",
        .snippet = "t.email",
        .owner = "t.client_id = :viewer_client",
        .holds = {"t.name", "t.email"},
    },
    {
        .table = "engagement",
        .kind = "'engagement'",
        .engagement = "t.id",
        .title = "t.title",
        .snippet = "t.reference",
        .owner = "t.client_id = :viewer_client",
        .holds = {"t.title", "t.reference"},
    },
    {
        .table = "requirement",
        .kind = "'requirement'",
        .engagement = "t.engagement_id",
        .title = "t.code",
        .snippet = "t.text",
        .condition = "t.state = 'current'",
        .owner = OF_ENGAGEMENT,
        .holds = {"t.code", "t.text"},
    },
    {
        .table = "milestone",
        .kind = "'milestone'",
        .engagement = "t.engagement_id",
        .title = "t.title",
        .snippet = "t.code",
        .owner = OF_ENGAGEMENT,
        .holds = {"t.title", "t.code"},
    },
    {
        .table = "invoice",
        .kind = "t.kind",
        .engagement = "t.engagement_id",
        .title = "t.number",
        .snippet = "t.reference",
        .owner = "t.client_id = :viewer_client",
        .begins = "t.number",
        .newest = NEWEST_OF("invoice") " UNION " NEWEST_OF("credit_note"),
    },
    {
        .table = "payment",
        .kind = "'payment'",
        .engagement = NO_ID,
        .title = "t.number",
        .snippet = "t.payer_reference",
        .owner = "t.client_id = :viewer_client",
        .holds = {"t.payer_reference"},
        .begins = "t.number",
    },
    {
        .table = "change_order",
        .kind = "'change_order'",
        .engagement = "t.engagement_id",
        .title = "t.title",
        .snippet = "t.purpose",
        .owner = "t.proposed_at IS NOT NULL AND " OF_ENGAGEMENT,
        .holds = {"t.title", "t.purpose"},
    },
    {
        .table = "proposal",
        .kind = "'proposal'",
        .engagement = "t.engagement_id",
        .title = ENGAGEMENT_TITLE,
        .snippet = "t.state",
        .owner = "t.sent_at IS NOT NULL AND " OF_ENGAGEMENT,
        .holds = {ENGAGEMENT_TITLE},
    },
};
_Static_assert(sizeof sources / sizeof *sources == SEARCH_KINDS, "every kind has its source");

/* A contact's rows are found by what they belong to; the agency's are the newest, unless an index
 * finds them. */
static const char *from_clause(const struct store *store, const struct source *source)
{
    const char *condition = source->condition ? source->condition : "1 = 1";
    if (!store->viewer.is_agency)
        return arena_format(store->arena, "%s t WHERE t.company = :company AND %s AND %s",
                            source->table, condition, source->owner);
    if (source->newest)
        return arena_format(store->arena, "(%s) t WHERE 1 = 1", source->newest);
    return arena_format(store->arena,
                        "(SELECT * FROM %s t WHERE t.company = :company AND %s"
                        " ORDER BY t.id DESC LIMIT %d) t WHERE 1 = 1",
                        source->table, condition, SEARCH_DEPTH);
}

/* Databases lower ASCII alike and nothing else, so what the word has of other letters is lowered
 * one by one. */
static void put_holds(struct text_buffer *sql, const char *text, size_t letters)
{
    text_put_text(sql, "lower(");
    for (size_t i = 0; i < letters; i++)
        text_put_text(sql, "replace(");
    text_put_text(sql, text);
    for (size_t i = 0; i < letters; i++)
        text_printf(sql, ", :capital_%zu, :small_%zu)", i, i);
    text_put_text(sql, ") LIKE :pattern ESCAPE '!'");
}

static const char *match_of(struct arena *arena, const struct source *source, size_t letters)
{
    struct text_buffer sql = text_buffer_in(arena);
    const char *separator = "";
    for (size_t i = 0; i < HOLDS_LIMIT && source->holds[i]; i++) {
        text_put_text(&sql, separator);
        put_holds(&sql, source->holds[i], letters);
        separator = " OR ";
    }
    if (source->begins)
        text_printf(&sql,
                    "%s(%s >= :word AND %s < :word_end"
                    " OR %s >= :capitals AND %s < :capitals_end)",
                    separator, source->begins, source->begins, source->begins, source->begins);
    return sql.bytes;
}

static const struct statement *statement_of(struct store *store, const struct source *source,
                                            size_t letters)
{
    const char *sql =
        arena_format(store->arena,
                     "SELECT %s AS kind, t.id, %s AS engagement_id, %s AS title, %s AS snippet"
                     " FROM %s AND (%s) ORDER BY t.id DESC LIMIT :limit",
                     source->kind, source->engagement, source->title, source->snippet,
                     from_clause(store, source), match_of(store->arena, source, letters));
    return tables_statement(store->tables, "search", sql);
}

/* %word% in small letters. What the word has of LIKE's own signs stands for itself. */
static const char *pattern_of(struct arena *arena, const char *word)
{
    struct text_buffer pattern = text_buffer_in(arena);
    text_put_char(&pattern, '%');
    for (const char *at = letters_lower(arena, word); *at; at++) {
        if (strchr("%_!", *at))
            text_put_char(&pattern, '!');
        text_put_char(&pattern, *at);
    }
    text_put_char(&pattern, '%');
    return pattern.bytes;
}

static const char *capitals_of(struct arena *arena, const char *word)
{
    char *capitals = arena_text(arena, word);
    for (char *at = capitals; *at; at++)
        *at = (char)toupper((unsigned char)*at);
    return capitals;
}

/* The text that comes after everything that begins with it. */
static const char *end_of(struct arena *arena, const char *beginning)
{
    return arena_format(arena, "%s\xf4\x8f\xbf\xbf", beginning); /* U+10FFFF */
}

static void put_param(struct param *params, size_t *count, const char *name, const char *text)
{
    params[(*count)++] = (struct param){name, value_text(text)};
}

enum error search_kind(struct store *store, size_t number, const char *word, int64_t limit,
                       struct list *hits, struct fault *fault)
{
    must(number < SEARCH_KINDS);
    struct arena *arena = store->arena;
    struct letter letters[LETTERS_LIMIT];
    size_t letter_count = letters_cased(word, letters);
    const char *capitals = capitals_of(arena, word);
    struct param params[6 + 2 * LETTERS_LIMIT] = {{"limit", value_integer(limit)}};
    size_t count = 1;
    put_param(params, &count, "pattern", pattern_of(arena, word));
    put_param(params, &count, "word", word);
    put_param(params, &count, "word_end", end_of(arena, word));
    put_param(params, &count, "capitals", capitals);
    put_param(params, &count, "capitals_end", end_of(arena, capitals));
    for (size_t i = 0; i < letter_count; i++) {
        put_param(params, &count, arena_format(arena, "capital_%zu", i), letters[i].capital);
        put_param(params, &count, arena_format(arena, "small_%zu", i), letters[i].small);
    }
    return store_list(store, statement_of(store, &sources[number], letter_count), params, count,
                      &search_hit_shape, hits, fault);
}
