#include "store/list.h"

#include <string.h>

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "store/cursor.h"

enum { PARAMS_MAX = 32 };

/* What a query asks for, read once. */
struct plan {
    const struct field *sort; /* of the listing's shape */
    bool falling;
    bool has_cursor;
    struct cursor after;
    struct param params[PARAMS_MAX];
    size_t param_count;
};

static void add_param(struct plan *plan, const char *name, struct value value)
{
    must(plan->param_count < PARAMS_MAX);
    plan->params[plan->param_count++] = (struct param){name, value};
}

/* ---- sorting ------------------------------------------------------------------------------- */

static bool is_offered(const struct listing *listing, const char *name)
{
    if (strcmp(name, "id") == 0)
        return true;
    for (const char *const *sort = listing->sorts; sort && *sort; sort++) {
        if (strcmp(*sort, name) == 0)
            return true;
    }
    return false;
}

static const char *sort_of(const struct page_query *query)
{
    return query->sort ? query->sort : "id";
}

static enum error read_sort(const struct listing *listing, const char *name, struct plan *plan,
                            struct fault *fault)
{
    plan->falling = *name == '-';
    if (plan->falling)
        name++;
    if (!is_offered(listing, name))
        return refuse(fault, ERROR_INVALID, "sort", "this list cannot be sorted by %.40s", name);
    plan->sort = shape_field(listing->shape, name, NULL);
    must(plan->sort);
    return OK;
}

/* ---- cursors ------------------------------------------------------------------------------- */

static const char *cursor_behind(struct store *store, const struct plan *plan,
                                 const struct listing *listing, const char *sort, const void *row)
{
    const struct field *id = shape_field(listing->shape, "id", NULL);
    const void *at = field_of(plan->sort, row);
    struct cursor cursor = {.id = *(const struct id *)field_of(id, row)};
    if (plan->sort->kind == FIELD_TEXT)
        cursor.text = *(const char *const *)at;
    else if (plan->sort->kind == FIELD_DAY)
        cursor.integer = *(const int32_t *)at;
    else if (plan->sort->kind != FIELD_ID)
        cursor.integer = *(const int64_t *)at;
    return cursor_format(store->arena, sort, plan->sort, &cursor);
}

static enum error read_cursor(struct store *store, const struct page_query *query,
                              struct plan *plan, struct fault *fault)
{
    if (!query->cursor)
        return OK;
    plan->has_cursor = true;
    return cursor_parse(store->arena, sort_of(query), plan->sort, query->cursor, &plan->after,
                        fault);
}

/* ---- filters ------------------------------------------------------------------------------- */

static bool is_page_field(const struct field *field)
{
    return strcmp(field->name, "cursor") == 0 || strcmp(field->name, "limit") == 0 ||
           strcmp(field->name, "sort") == 0;
}

static const char *condition_of(const struct listing *listing, const struct field *field,
                                struct arena *arena)
{
    for (const struct list_filter *filter = listing->filters; filter && filter->name; filter++) {
        if (strcmp(filter->name, field->name) == 0)
            return filter->condition;
    }
    must(shape_field(listing->shape, field->name, NULL));
    return arena_format(arena, "%s = :%s", field->name, field->name);
}

static void put_filters(struct store *store, const struct listing *listing,
                        const struct shape *query_shape, const void *query,
                        struct text_buffer *text, struct plan *plan)
{
    for (size_t i = 0; i < query_shape->field_count; i++) {
        const struct field *field = &query_shape->fields[i];
        if (is_page_field(field) || field_is_none(field, query))
            continue;
        text_printf(text, " AND (%s)", condition_of(listing, field, store->arena));
        add_param(plan, field->name, store_member_value(store, query_shape, field, query));
    }
}

/* ---- the statement ------------------------------------------------------------------------- */

static void put_viewer(struct store *store, const struct listing *listing, struct text_buffer *text)
{
    const char *condition = table_of(listing->shape)->client_sees;
    if (!store->viewer.is_agency)
        text_printf(text, " AND (%s)", condition ? condition : "1 = 0");
}

static void put_order(const struct plan *plan, struct text_buffer *text)
{
    const char *direction = plan->falling ? " DESC" : "";
    const char *name = plan->sort->name;
    bool by_id = plan->sort->kind == FIELD_ID;
    if (by_id)
        text_printf(text, " ORDER BY id%s", direction);
    else
        text_printf(text, " ORDER BY %s%s, id%s", name, direction, direction);
    text_put_text(text, " LIMIT :limit");
}

static void put_cursor(struct plan *plan, struct text_buffer *text)
{
    const char *name = plan->sort->name;
    const char *sign = plan->falling ? "<" : ">";
    if (!plan->has_cursor)
        return;
    add_param(plan, "after_id", value_id(&plan->after.id));
    if (plan->sort->kind == FIELD_ID) {
        text_printf(text, " AND id %s :after_id", sign);
        return;
    }
    text_printf(text, " AND (%s %s :after_value OR (%s = :after_value AND id %s :after_id))", name,
                sign, name, sign);
    add_param(plan, "after_value",
              plan->sort->kind == FIELD_TEXT ? value_text(plan->after.text)
                                             : value_integer(plan->after.integer));
}

static enum error run(struct store *store, const struct listing *listing,
                      const struct shape *query_shape, const void *query, struct plan *plan,
                      struct list *items, bool *is_cut, struct fault *fault)
{
    const struct page_query *page_query = query;
    struct text_buffer text = text_buffer_in(store->arena);
    text_printf(&text, "SELECT %s FROM %s WHERE company = :company",
                table_columns(listing->shape, store->arena), listing->shape->name);
    put_viewer(store, listing, &text);
    put_filters(store, listing, query_shape, query, &text, plan);
    put_cursor(plan, &text);
    put_order(plan, &text);
    add_param(plan, "limit", value_integer(page_query->limit + 1));
    const char *name = arena_format(store->arena, "list_%s", listing->shape->name);
    return store_list_some(store, tables_statement(store->tables, name, text.bytes), plan->params,
                           plan->param_count, listing->shape, PAGE_BYTES_LIMIT, items, is_cut,
                           fault);
}

enum error store_page(struct store *store, const struct listing *listing,
                      const struct shape *query_shape, const void *query, struct page *page,
                      struct fault *fault)
{
    const struct page_query *page_query = query;
    struct plan plan = {0};
    bool is_cut = false;
    must(page_query->limit >= 1 && page_query->limit <= PAGE_LIMIT);
    enum error error = read_sort(listing, sort_of(page_query), &plan, fault);
    if (!error)
        error = read_cursor(store, page_query, &plan, fault);
    if (!error)
        error = run(store, listing, query_shape, query, &plan, &page->items, &is_cut, fault);
    if (error)
        return error;
    page->next_cursor = NULL;
    if (page->items.count > (size_t)page_query->limit) {
        page->items.count = (size_t)page_query->limit;
        is_cut = true;
    }
    if (is_cut) {
        const void *last =
            (const char *)page->items.rows + (page->items.count - 1) * listing->shape->size;
        page->next_cursor = cursor_behind(store, &plan, listing, sort_of(page_query), last);
    }
    return OK;
}
