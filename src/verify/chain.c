/* Links between proven rows, and money followed back to a contract that somebody signed. */
#include "verify/verification.h"

#include <stdlib.h>
#include <string.h>

/* What the relations with a meaning for this check mean. Any other word is only a word. */
enum meaning { PLAIN, SIGNS, ACCEPTS, MOVES_MONEY };

static const struct {
    const char *relation;
    enum meaning meaning;
} meanings[] = {
    {"signed_by", SIGNS},        /* contract -> signature */
    {"accepted_by", ACCEPTS},    /* submission -> acceptance */
    {"billed_as", MOVES_MONEY},  /* acceptance, period or contract -> invoice line */
    {"paid_by", MOVES_MONEY},    /* invoice line or invoice -> allocation */
    {"applied_as", MOVES_MONEY}, /* credit note -> allocation */
    {"posted_as", MOVES_MONEY},  /* invoice, payment or allocation -> ledger entry */
};

static enum meaning meaning_of(const struct bundle_link *link)
{
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (strcmp(link->relation, meanings[i].relation) == 0)
            return meanings[i].meaning;
    return PLAIN;
}

/* A thing that links name: its rows, whatever their version, and what leads to it. Contract and
 * acceptance are the number of that node and 1, or 0 for none. */
struct node {
    struct bundle_end end;
    const struct bundle_row **rows; /* the proven ones */
    size_t row_count;
    unsigned signatures;
    size_t contract, acceptance;
    bool is_found;
};

struct edge {
    size_t from, to;
    const struct bundle_link *link;
};

struct graph {
    struct node *nodes; /* sorted by kind and id */
    size_t node_count;
    struct edge *edges; /* proven links, sorted by from */
    size_t edge_count;
};

static int compare_ends(const struct bundle_end *a, const struct bundle_end *b)
{
    int order = strcmp(a->kind, b->kind);
    return order != 0 ? order : memcmp(&a->id, &b->id, sizeof a->id);
}

static int compare_nodes(const void *a, const void *b)
{
    return compare_ends(&((const struct node *)a)->end, &((const struct node *)b)->end);
}

static int compare_edges(const void *a, const void *b)
{
    size_t x = ((const struct edge *)a)->from, y = ((const struct edge *)b)->from;
    return (x > y) - (x < y);
}

static int compare_rows(const void *a, const void *b)
{
    const struct bundle_row *x = *(const struct bundle_row *const *)a;
    const struct bundle_row *y = *(const struct bundle_row *const *)b;
    return compare_ends(&(struct bundle_end){x->kind, x->id}, &(struct bundle_end){y->kind, y->id});
}

static struct node *node_of(const struct graph *graph, const struct bundle_end *end)
{
    const struct node key = {.end = *end};
    return bsearch(&key, graph->nodes, graph->node_count, sizeof *graph->nodes, compare_nodes);
}

/* One node for each thing that a link names. */
static void make_nodes(struct verification *verification, struct graph *graph)
{
    const struct bundle *bundle = verification->bundle;
    struct node *nodes = arena_array(verification->arena, 2 * bundle->link_count, sizeof *nodes);
    for (size_t i = 0; i < bundle->link_count; i++) {
        nodes[2 * i].end = bundle->links[i].from;
        nodes[2 * i + 1].end = bundle->links[i].to;
    }
    qsort(nodes, 2 * bundle->link_count, sizeof *nodes, compare_nodes);
    size_t kept = 0;
    for (size_t i = 0; i < 2 * bundle->link_count; i++)
        if (kept == 0 || compare_nodes(&nodes[kept - 1], &nodes[i]) != 0)
            nodes[kept++] = nodes[i];
    graph->nodes = nodes;
    graph->node_count = kept;
}

/* Gives each node its proven rows. */
static void place_rows(struct verification *verification, struct graph *graph)
{
    const struct bundle *bundle = verification->bundle;
    const struct bundle_row **rows =
        arena_array(verification->arena, bundle->row_count, sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; i < bundle->row_count; i++)
        if (verification->row_is_proven[i])
            rows[count++] = &bundle->rows[i];
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++) {
        struct node *node = node_of(graph, &(struct bundle_end){rows[i]->kind, rows[i]->id});
        if (!node)
            continue;
        if (node->row_count++ == 0)
            node->rows = &rows[i];
    }
}

static bool mentions(const json_t *value, const char *text)
{
    if (json_is_string(value))
        return strcmp(json_string_value(value), text) == 0;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (mentions(json_array_get(value, i), text))
            return true;
    for (void *at = json_object_iter((json_t *)value); at;
         at = json_object_iter_next((json_t *)value, at))
        if (mentions(json_object_iter_value(at), text))
            return true;
    return false;
}

static bool refers_to(const struct node *node, const struct node *other)
{
    char id[ID_TEXT_SIZE];
    id_format(other->end.id, id);
    for (size_t i = 0; i < node->row_count; i++)
        if (node->rows[i]->row && mentions(node->rows[i]->row, id))
            return true;
    return false;
}

/* The reason why the link does not hold, NULL if it does. */
static const char *judge_link(const struct node *from, const struct node *to)
{
    if (from->row_count == 0)
        return "its first row is not proven";
    if (to->row_count == 0)
        return "its second row is not proven";
    if (!refers_to(from, to) && !refers_to(to, from))
        return "neither row names the other";
    return NULL;
}

static void check_links(struct verification *verification, struct graph *graph)
{
    const struct bundle *bundle = verification->bundle;
    graph->edges = arena_array(verification->arena, bundle->link_count, sizeof *graph->edges);
    report_heading(verification->report, "Links", bundle->link_count);
    for (size_t i = 0; i < bundle->link_count; i++) {
        const struct bundle_link *link = &bundle->links[i];
        struct node *from = node_of(graph, &link->from), *to = node_of(graph, &link->to);
        const char *reason = judge_link(from, to);
        char from_id[ID_TEXT_SIZE], to_id[ID_TEXT_SIZE];
        id_format(link->from.id, from_id);
        id_format(link->to.id, to_id);
        if (reason) {
            report_fail(verification->report, "%s %s %s %s %s: %s", link->from.kind, from_id,
                        link->relation, link->to.kind, to_id, reason);
            continue;
        }
        report_ok(verification->report, "%s %s %s %s %s", link->from.kind, from_id, link->relation,
                  link->to.kind, to_id);
        graph->edges[graph->edge_count++] =
            (struct edge){(size_t)(from - graph->nodes), (size_t)(to - graph->nodes), link};
    }
    qsort(graph->edges, graph->edge_count, sizeof *graph->edges, compare_edges);
}

/* Where the marks begin: contracts that somebody signed, and acceptances. */
static void mark_starts(struct graph *graph)
{
    for (size_t i = 0; i < graph->edge_count; i++) {
        const struct edge *edge = &graph->edges[i];
        enum meaning meaning = meaning_of(edge->link);
        if (meaning == SIGNS) {
            graph->nodes[edge->from].signatures++;
            graph->nodes[edge->from].contract = edge->from + 1;
        }
        if (meaning == ACCEPTS)
            graph->nodes[edge->to].acceptance = edge->to + 1;
    }
}

static size_t *contract_mark(struct node *node)
{
    return &node->contract;
}

static size_t *acceptance_mark(struct node *node)
{
    return &node->acceptance;
}

static size_t first_edge(const struct graph *graph, size_t from)
{
    size_t low = 0, high = graph->edge_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (graph->edges[middle].from < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Carries a mark along the edges, breadth first, to every node that has none yet. */
static void spread(struct arena *arena, struct graph *graph, size_t *(*mark)(struct node *))
{
    size_t *queue = arena_array(arena, graph->node_count, sizeof *queue);
    size_t count = 0;
    for (size_t i = 0; i < graph->node_count; i++)
        if (*mark(&graph->nodes[i]) != 0)
            queue[count++] = i;
    for (size_t next = 0; next < count; next++) {
        size_t from = queue[next];
        for (size_t i = first_edge(graph, from);
             i < graph->edge_count && graph->edges[i].from == from; i++) {
            size_t *reached = mark(&graph->nodes[graph->edges[i].to]);
            if (*reached != 0)
                continue;
            *reached = *mark(&graph->nodes[from]);
            queue[count++] = graph->edges[i].to;
        }
    }
}

static void report_origin(struct verification *verification, const struct graph *graph,
                          const struct node *node)
{
    char id[ID_TEXT_SIZE], contract_id[ID_TEXT_SIZE], acceptance_id[ID_TEXT_SIZE];
    id_format(node->end.id, id);
    if (node->contract == 0) {
        report_fail(verification->report, "%s %s: does not lead back to a signed contract",
                    node->end.kind, id);
        return;
    }
    const struct node *contract = &graph->nodes[node->contract - 1];
    id_format(contract->end.id, contract_id);
    if (node->acceptance == 0) {
        report_ok(verification->report, "%s %s: under contract %s, signatures: %u; no acceptance",
                  node->end.kind, id, contract_id, contract->signatures);
        return;
    }
    const struct node *acceptance = &graph->nodes[node->acceptance - 1];
    report_ok(verification->report, "%s %s: under contract %s, signatures: %u; acceptance %s",
              node->end.kind, id, contract_id, contract->signatures,
              id_format(acceptance->end.id, acceptance_id));
}

/* What money moved to, once each, in the order of the links. */
static size_t find_money(const struct bundle *bundle, const struct graph *graph,
                         struct node **found)
{
    size_t count = 0;
    for (size_t i = 0; i < bundle->link_count; i++) {
        struct node *node = node_of(graph, &bundle->links[i].to);
        if (meaning_of(&bundle->links[i]) != MOVES_MONEY || node->is_found)
            continue;
        node->is_found = true;
        found[count++] = node;
    }
    return count;
}

static void check_money(struct verification *verification, struct graph *graph)
{
    mark_starts(graph);
    spread(verification->arena, graph, contract_mark);
    spread(verification->arena, graph, acceptance_mark);
    struct node **found =
        arena_array(verification->arena, graph->node_count, sizeof(struct node *));
    size_t count = find_money(verification->bundle, graph, found);
    report_heading(verification->report, "Money", count);
    for (size_t i = 0; i < count; i++)
        report_origin(verification, graph, found[i]);
}

void check_chain(struct verification *verification)
{
    struct graph graph = {0};
    make_nodes(verification, &graph);
    place_rows(verification, &graph);
    check_links(verification, &graph);
    check_money(verification, &graph);
}
