#include "action/search.h"

#include <string.h>

#include "base/limits.h"
#include "store/search.h"

enum {
    LEAST_WORD = 2,
    OF_A_KIND = 6, /* hits of one kind that are looked for */
    WORD_LIMIT = 100,
};

static const struct field input_fields[] = {
    FIELD(struct search, q, TEXT, .flags = FROM_QUERY | REQUIRED, .limit = WORD_LIMIT),
};
static const struct shape input_shape = SHAPE("search", struct search, input_fields);

static const struct field output_fields[] = {
    FIELD(struct search_results, items, LIST, .limit = SEARCH_HITS, .shape = &search_hit_shape),
    FIELD(struct search_results, has_more, BOOLEAN),
};
static const struct shape output_shape =
    SHAPE("search_results", struct search_results, output_fields);

/* The word without what is around it. */
static const char *trimmed(struct arena *arena, const char *text)
{
    text += strspn(text, " ");
    size_t size = strlen(text);
    while (size > 0 && text[size - 1] == ' ')
        size--;
    return arena_text_n(arena, text, size);
}

/* Takes away from the kind of which there is most, until what is left fits. */
static bool cut_down(struct list *found, size_t kinds)
{
    size_t total = 0;
    bool is_cut = false;
    for (size_t i = 0; i < kinds; i++)
        total += found[i].count;
    for (; total > SEARCH_HITS; total--) {
        struct list *most = found;
        for (size_t i = 1; i < kinds; i++)
            most = found[i].count > most->count ? &found[i] : most;
        most->count--;
        is_cut = true;
    }
    return is_cut;
}

static void gather(struct call *call, const struct list *found, size_t kinds, const char *word,
                   struct list *items)
{
    *items = (struct list){arena_array(call->arena, SEARCH_HITS, sizeof(struct search_hit)), 0};
    for (size_t kind = 0; kind < kinds; kind++) {
        for (size_t i = 0; i < found[kind].count; i++) {
            struct search_hit *hit = LIST_AT(struct search_hit, *items, items->count++);
            *hit = *LIST_AT(struct search_hit, found[kind], i);
            search_hit_shorten(hit, word, call->arena);
        }
    }
}

static enum error search(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct search *in = input;
    struct search_results *out = output;
    struct list found[SEARCH_KINDS] = {0};
    const char *word = trimmed(call->arena, in->q);
    if (strlen(word) < LEAST_WORD)
        return refuse(fault, ERROR_INVALID, "q", "must be at least %d characters", LEAST_WORD);
    for (size_t i = 0; i < SEARCH_KINDS; i++) {
        enum error error = search_kind(&call->store, i, word, OF_A_KIND + 1, &found[i], fault);
        if (error)
            return error;
        out->has_more = out->has_more || found[i].count > OF_A_KIND;
        found[i].count = found[i].count > OF_A_KIND ? OF_A_KIND : found[i].count;
    }
    out->has_more = cut_down(found, SEARCH_KINDS) || out->has_more;
    gather(call, found, SEARCH_KINDS, word, &out->items);
    return OK;
}

const struct operation search_operation = {
    .name = "search",
    .permission = PERMIT_READ,
    .in = &input_shape,
    .out = &output_shape,
    .run = search,
};
