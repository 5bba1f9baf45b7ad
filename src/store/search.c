#include "store/search.h"

#include <ctype.h>
#include <string.h>

#include "base/must.h"
#include "base/text.h"

/* Where to look. Columns are those of the table, named t. */
struct source {
    const char *table;
    const char *kind;       /* SQL */
    const char *engagement; /* SQL for its engagement's id */
    const char *title;      /* SQL */
    const char *snippet;    /* SQL */
    const char *condition;  /* what can be found of it, besides what the viewer may see; or NULL */
    const char *owner;      /* of a client: SQL over :viewer_client */
    const char *match;
    const char *newest; /* SQL for the agency's newest that can match, found by an index; or NULL */
};

#define NO_ID         "NULLIF(t.id, t.id)" /* of the type that an id has */
#define HOLDS(column) "lower(" column ") LIKE :pattern ESCAPE '!'"
#define BEGINS(column)                                                                             \
    "(" column " >= :word AND " column " < :word_end OR " column " >= :capitals AND " column       \
    " < :capitals_end)"
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
        .match = HOLDS("t.name") " OR " HOLDS("t.legal_name") " OR " HOLDS("t.reference"),
    },
    {
        .table = "contact",
        .kind = "'contact'",
        .engagement = NO_ID,
        .title = "t.name",
        .snippet = "t.email",
        .owner = "t.client_id = :viewer_client",
        .match = HOLDS("t.name") " OR " HOLDS("t.email"),
    },
    {
        .table = "engagement",
        .kind = "'engagement'",
        .engagement = "t.id",
        .title = "t.title",
        .snippet = "t.reference",
        .owner = "t.client_id = :viewer_client",
        .match = HOLDS("t.title") " OR " HOLDS("t.reference"),
    },
    {
        .table = "requirement",
        .kind = "'requirement'",
        .engagement = "t.engagement_id",
        .title = "t.code",
        .snippet = "t.text",
        .condition = "t.state = 'current'",
        .owner = OF_ENGAGEMENT,
        .match = HOLDS("t.code") " OR " HOLDS("t.text"),
    },
    {
        .table = "milestone",
        .kind = "'milestone'",
        .engagement = "t.engagement_id",
        .title = "t.title",
        .snippet = "t.code",
        .owner = OF_ENGAGEMENT,
        .match = HOLDS("t.title") " OR " HOLDS("t.code"),
    },
    {
        .table = "invoice",
        .kind = "t.kind",
        .engagement = "t.engagement_id",
        .title = "t.number",
        .snippet = "t.reference",
        .owner = "t.client_id = :viewer_client",
        .match = BEGINS("t.number"),
        .newest = NEWEST_OF("invoice") " UNION " NEWEST_OF("credit_note"),
    },
    {
        .table = "payment",
        .kind = "'payment'",
        .engagement = NO_ID,
        .title = "t.number",
        .snippet = "t.payer_reference",
        .owner = "t.client_id = :viewer_client",
        .match = HOLDS("t.payer_reference") " OR " BEGINS("t.number"),
    },
    {
        .table = "change_order",
        .kind = "'change_order'",
        .engagement = "t.engagement_id",
        .title = "t.title",
        .snippet = "t.purpose",
        .owner = "t.proposed_at IS NOT NULL AND " OF_ENGAGEMENT,
        .match = HOLDS("t.title") " OR " HOLDS("t.purpose"),
    },
    {
        .table = "proposal",
        .kind = "'proposal'",
        .engagement = "t.engagement_id",
        .title = ENGAGEMENT_TITLE,
        .snippet = "t.state",
        .owner = "t.sent_at IS NOT NULL AND " OF_ENGAGEMENT,
        .match = HOLDS(ENGAGEMENT_TITLE),
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

static const struct statement *statement_of(struct store *store, const struct source *source)
{
    const char *sql =
        arena_format(store->arena,
                     "SELECT %s AS kind, t.id, %s AS engagement_id, %s AS title, %s AS snippet"
                     " FROM %s AND (%s) ORDER BY t.id DESC LIMIT :limit",
                     source->kind, source->engagement, source->title, source->snippet,
                     from_clause(store, source), source->match);
    return tables_statement(store->tables, "search", sql);
}

/* %word% in small letters, as far as they are ASCII: databases lower no others alike. What the word
 * has of LIKE's own signs stands for itself. */
static const char *pattern_of(struct arena *arena, const char *word)
{
    struct text_buffer pattern = text_buffer_in(arena);
    text_put_char(&pattern, '%');
    for (const char *at = word; *at; at++) {
        if (strchr("%_!", *at))
            text_put_char(&pattern, '!');
        text_put_char(&pattern, (char)tolower((unsigned char)*at));
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

enum error search_kind(struct store *store, size_t number, const char *word, int64_t limit,
                       struct list *hits, struct fault *fault)
{
    must(number < SEARCH_KINDS);
    const char *capitals = capitals_of(store->arena, word);
    return store_list(store, statement_of(store, &sources[number]),
                      PARAMS({"pattern", value_text(pattern_of(store->arena, word))},
                             {"word", value_text(word)},
                             {"word_end", value_text(end_of(store->arena, word))},
                             {"capitals", value_text(capitals)},
                             {"capitals_end", value_text(end_of(store->arena, capitals))},
                             {"limit", value_integer(limit)}),
                      &search_hit_shape, hits, fault);
}
