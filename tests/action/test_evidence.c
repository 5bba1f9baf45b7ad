#include "action/evidence_bundle.h"
#include "action/evidence_log.h"

#include "../life.h"
#include "base/base64.h"
#include "bundle.h"
#include "core/checkpoint.h"
#include "core/merkle.h"
#include "store/log.h"

static struct scenario scenario;

static int open_with_life(void **state)
{
    int result = stage_open(state);
    scenario_signed(&scenario, *state, 3);
    live(&scenario);
    return result;
}

static struct actor owner(void)
{
    return scenario_owner(&scenario);
}

static struct actor client(void)
{
    return scenario_contact(&scenario, CONTACT_PAYER);
}

/* ---- the head, leaves, proofs -------------------------------------------------------------- */

CASE(the_head_is_signed_by_the_key_that_is_told)
{
    struct stage *stage = *state;
    struct note_key key;
    struct checkpoint checkpoint;
    struct log_view log = bundle_log(stage);
    assert_int_equal(note_key_parse(log.verifier_key, &key, NULL), OK);
    assert_int_equal(
        checkpoint_open(stage->arena, &key, 1, log.checkpoint, &checkpoint, &stage->fault), OK);
    assert_int_equal(checkpoint.size, log.size);
    assert_string_equal(checkpoint.origin, "waymark.test/log/acme");
}

CASE(a_checkpoint_that_is_handed_out_is_kept)
{
    struct stage *stage = *state;
    struct checkpoint_row kept;
    bool found;
    struct log_view log = bundle_log(stage);
    struct call call = call_by(&stage->app, stage->arena, 1, ACTOR_OPERATOR);
    call.store.session = stage->reading;
    assert_result(stage, db_begin(stage->reading, &stage->fault), OK);
    assert_result(stage, find_checkpoint(&call.store, log.size - 1, &kept, &found, &stage->fault),
                  OK);
    db_rollback(stage->reading);
    assert_true(found);
    assert_string_equal(kept.note, log.checkpoint);
}

CASE(leaves_come_in_pages_by_their_position)
{
    struct stage *stage = *state;
    struct list_leaves in = {.page.limit = 4};
    struct page page;
    int64_t seen = 0, size = bundle_log(stage).size;
    do {
        assert_result(stage, stage_perform(stage, owner(), &list_leaves_operation, &in, &page), OK);
        for (size_t i = 0; i < page.items.count; i++)
            assert_int_equal(LIST_AT(struct leaf_view, page.items, i)->position, seen++);
        in.page.cursor = page.next_cursor;
    } while (in.page.cursor);
    assert_int_equal(seen, size);
}

CASE(leaves_come_from_the_newest_down_if_asked)
{
    struct stage *stage = *state;
    struct list_leaves in = {.page = {.limit = 4, .sort = "-position"}};
    struct page page;
    int64_t next = bundle_log(stage).size;
    do {
        assert_result(stage, stage_perform(stage, owner(), &list_leaves_operation, &in, &page), OK);
        for (size_t i = 0; i < page.items.count; i++)
            assert_int_equal(LIST_AT(struct leaf_view, page.items, i)->position, --next);
        in.page.cursor = page.next_cursor;
    } while (in.page.cursor);
    assert_int_equal(next, 0);
    in.page.sort = "-at";
    assert_result(stage, stage_perform(stage, owner(), &list_leaves_operation, &in, &page),
                  ERROR_INVALID);
}

CASE(leaves_are_filtered_and_only_for_the_agency)
{
    struct stage *stage = *state;
    struct list_leaves in = {.page.limit = 50, .event = "contract.signed"};
    struct page page;
    assert_result(stage, stage_perform(stage, owner(), &list_leaves_operation, &in, &page), OK);
    assert_true(page.items.count > 0);
    for (size_t i = 0; i < page.items.count; i++)
        assert_string_equal(LIST_AT(struct leaf_view, page.items, i)->event, "contract.signed");
    in.subject_id = scenario.client.id;
    assert_result(stage, stage_perform(stage, owner(), &list_leaves_operation, &in, &page), OK);
    assert_int_equal(page.items.count, 0);
    assert_result(stage, stage_perform(stage, client(), &list_leaves_operation, &in, &page),
                  ERROR_FORBIDDEN);
    in.page.cursor = "x";
    assert_result(stage, stage_perform(stage, owner(), &list_leaves_operation, &in, &page),
                  ERROR_INVALID);
}

static struct merkle_proof read_proof(const struct texts *texts)
{
    struct merkle_proof proof = {.count = (unsigned)texts->count};
    for (size_t i = 0; i < texts->count; i++)
        assert_true(hash_from_base64(texts->texts[i], &proof.hashes[i]));
    return proof;
}

static struct hash read_hash(const char *text)
{
    struct hash hash;
    assert_true(hash_from_base64(text, &hash));
    return hash;
}

CASE(every_leaf_is_proven_to_be_in_every_tree_that_has_it)
{
    struct stage *stage = *state;
    int64_t size = bundle_log(stage).size;
    for (int64_t tree = 1; tree <= size; tree++) {
        for (int64_t position = 0; position < tree; position++) {
            struct inclusion_query in = {position, tree};
            struct inclusion_view out;
            assert_result(
                stage, stage_perform(stage, client(), &prove_inclusion_operation, &in, &out), OK);
            struct merkle_proof proof = read_proof(&out.hashes);
            assert_true(merkle_verify_inclusion(&proof, (uint64_t)position, (uint64_t)tree,
                                                read_hash(out.leaf_hash), read_hash(out.root)));
        }
    }
}

CASE(every_tree_is_proven_to_start_with_every_earlier_one)
{
    struct stage *stage = *state;
    int64_t size = bundle_log(stage).size;
    for (int64_t first = 1; first <= size; first++) {
        struct consistency_query in = {first, INTEGER_NONE};
        struct consistency_view out;
        assert_result(stage,
                      stage_perform(stage, client(), &prove_consistency_operation, &in, &out), OK);
        assert_int_equal(out.second, size);
        struct merkle_proof proof = read_proof(&out.hashes);
        assert_true(merkle_verify_consistency(&proof, (uint64_t)first, (uint64_t)size,
                                              read_hash(out.first_root),
                                              read_hash(out.second_root)));
    }
}

CASE(proofs_of_what_is_not_there_are_refused)
{
    struct stage *stage = *state;
    int64_t size = bundle_log(stage).size;
    struct inclusion_query inclusion = {size, INTEGER_NONE};
    struct inclusion_view inclusion_view;
    struct consistency_query consistency = {0, size + 1};
    struct consistency_view consistency_view;
    assert_result(
        stage,
        stage_perform(stage, owner(), &prove_inclusion_operation, &inclusion, &inclusion_view),
        ERROR_OUT_OF_RANGE);
    assert_string_equal(stage->fault.field, "position");
    assert_result(stage,
                  stage_perform(stage, owner(), &prove_consistency_operation, &consistency,
                                &consistency_view),
                  ERROR_OUT_OF_RANGE);
    assert_string_equal(stage->fault.field, "second");
    inclusion.position = INTEGER_NONE;
    assert_result(
        stage,
        stage_perform(stage, owner(), &prove_inclusion_operation, &inclusion, &inclusion_view),
        ERROR_OUT_OF_RANGE);
}

CASE(tiles_hold_the_hashes_and_entries_of_the_leaves)
{
    struct stage *stage = *state;
    int64_t size = bundle_log(stage).size;
    struct show_tile in = {arena_format(stage->arena, "0/000.p/%lld", (long long)size)};
    struct tile_file tile, entries;
    struct leaf_view place = {.position = 1}, leaf;
    assert_result(stage, stage_perform(stage, client(), &show_tile_operation, &in, &tile), OK);
    assert_int_equal(tile.bytes.size, size * HASH_SIZE);
    assert_result(stage, stage_perform(stage, owner(), &show_leaf_operation, &place, &leaf), OK);
    struct hash hash = read_hash(leaf.hash);
    assert_memory_equal((const char *)tile.bytes.bytes + HASH_SIZE, &hash, HASH_SIZE);

    in.path = arena_format(stage->arena, "entries/000.p/%lld", (long long)size);
    assert_result(stage, stage_perform(stage, owner(), &show_tile_operation, &in, &entries), OK);
    const unsigned char *at = entries.bytes.bytes;
    at += 2 + (at[0] << 8 | at[1]);
    assert_int_equal(at[0] << 8 | at[1], strlen(leaf.leaf));
    assert_memory_equal(at + 2, leaf.leaf, strlen(leaf.leaf));
    assert_true(hash_equal(merkle_leaf_hash(leaf.leaf, strlen(leaf.leaf)), hash));
    assert_result(stage, stage_perform(stage, client(), &show_tile_operation, &in, &entries),
                  ERROR_NOT_FOUND);
    in.path = "0/001";
    assert_result(stage, stage_perform(stage, owner(), &show_tile_operation, &in, &tile),
                  ERROR_NOT_FOUND);
}

/* ---- bundles ------------------------------------------------------------------------------- */

static const char *bundle_for(struct stage *stage, struct actor actor, int64_t from_size)
{
    return bundle_of(stage, actor, scenario.engagement.id, from_size);
}

CASE(the_evidence_of_an_engagement_is_accepted_by_the_offline_verifier)
{
    struct stage *stage = *state;
    assert_bundle_holds(stage, bundle_for(stage, owner(), 0));
    assert_bundle_holds(stage, bundle_for(stage, owner(), 3));
    assert_bundle_holds(stage, bundle_for(stage, client(), 0));
}

CASE(the_chain_leads_from_the_requirement_to_the_ledger)
{
    static const struct {
        const char *relation;
        size_t count;
    } links[] = {
        {"has_requirement", 3}, {"agreed_in", 1},   {"signed_by", 2},    {"has_milestone", 3},
        {"submitted_as", 2},    {"delivers", 2},    {"accepted_by", 2},  {"billed_as", 3},
        {"part_of", 3},         {"credited_by", 1}, {"paid_by", 2},      {"taken_from", 2},
        {"refunded_by", 1},     {"posted_as", 7},   {"has_postings", 7},
    };
    struct stage *stage = *state;
    json_t *bundle = bundle_parse(bundle_for(stage, owner(), 0));
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        assert_int_equal(bundle_count(bundle, "links", "relation", links[i].relation),
                         links[i].count);
    assert_int_equal(bundle_count(bundle, "documents", "kind", "contract"), 3);
    assert_int_equal(bundle_count(bundle, "documents", "kind", "deliverable"), 2);
    json_decref(bundle);
}

CASE(a_client_gets_its_own_rows_and_no_ledger)
{
    struct stage *stage = *state;
    json_t *bundle = bundle_parse(bundle_for(stage, client(), 0));
    assert_int_equal(bundle_count(bundle, "rows", "kind", "invoice"), 3);
    const json_t *row;
    size_t i, entries = 0;
    json_array_foreach(json_object_get(bundle, "rows"), i, row)
    {
        if (strncmp(json_string_value(json_object_get(row, "kind")), "ledger_entry", 12) != 0)
            continue;
        assert_null(json_object_get(row, "row")); /* only named */
        entries++;
    }
    assert_int_equal(entries, 14);
    json_decref(bundle);
    struct actor other = client();
    other.client_id = scenario.engagement.id; /* of nobody */
    struct show_evidence in = {scenario.engagement.id, 0};
    struct evidence_file file;
    assert_result(stage, stage_perform(stage, other, &show_evidence_operation, &in, &file),
                  ERROR_NOT_FOUND);
}

/* Replaces the first occurrence of old behind a mark by one of the same length. */
static char *forged(struct stage *stage, const char *bundle, const char *mark, const char *old,
                    const char *new)
{
    char *copy = arena_text(stage->arena, bundle);
    char *at = strstr(copy, mark);
    assert_non_null(at);
    at = strstr(at, old);
    assert_non_null(at);
    memcpy(at, new, strlen(new));
    return copy;
}

CASE(a_bundle_that_was_tampered_with_is_not_accepted)
{
    static const struct {
        const char *mark, *old, *new;
    } forgeries[] = {
        {"\"checkpoints\"", "\\n1", "\\n2"},
        {"\"leaves\"", "waymark-leaf/1\\n", "waymark-leaf/1\\r"},
        {"\"inclusion\":[\"", "inclusion\":[\"", "inclusion\":[\"AAAA"},
        {"\"salt\":\"", "salt\":\"", "salt\":\"AAAA"},
        {"\"payload\":", "\"version\":1", "\"version\":9"},
        {"\"rows\":[{\"kind\"", "\"state\":\"", "\"state\":\"x"},
        {"\"total_minor\":119000", "119000", "919000"},
        {"\"amount_minor\":", "1", "9"},
        {"\"documents\":", "sha256\":\"", "sha256\":\"00000000"},
        {"\"links\":", "has_requirement\",\"to\":{\"kind\":\"requirement\",\"id\":\"0",
         "has_requirement\",\"to\":{\"kind\":\"requirement\",\"id\":\"1"},
        {"\"relation\":\"signed_by\"", "signed_by", "signes_by"},
    };
    struct stage *stage = *state;
    const char *bundle = bundle_for(stage, owner(), 0);
    for (size_t i = 0; i < sizeof forgeries / sizeof *forgeries; i++) {
        char *forgery =
            forged(stage, bundle, forgeries[i].mark, forgeries[i].old, forgeries[i].new);
        if (strstr(forgery, "signes_by")) /* both signatures */
            forgery =
                forged(stage, forgery, "\"relation\":\"signed_by\"", "signed_by", "signes_by");
        int result = bundle_verify(stage, forgery);
        if (result != 1)
            print_error("%s -> %s: %d\n", forgeries[i].old, forgeries[i].new, result);
        assert_int_equal(result, 1);
    }
}

CASE(evidence_from_a_checkpoint_that_never_was_is_refused)
{
    struct stage *stage = *state;
    struct show_evidence in = {scenario.engagement.id, bundle_log(stage).size + 1};
    struct evidence_file file;
    assert_result(stage, stage_perform(stage, owner(), &show_evidence_operation, &in, &file),
                  ERROR_OUT_OF_RANGE);
    assert_string_equal(stage->fault.field, "from_size");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_head_is_signed_by_the_key_that_is_told),
        T(a_checkpoint_that_is_handed_out_is_kept),
        T(leaves_come_in_pages_by_their_position),
        T(leaves_come_from_the_newest_down_if_asked),
        T(leaves_are_filtered_and_only_for_the_agency),
        T(every_leaf_is_proven_to_be_in_every_tree_that_has_it),
        T(every_tree_is_proven_to_start_with_every_earlier_one),
        T(proofs_of_what_is_not_there_are_refused),
        T(tiles_hold_the_hashes_and_entries_of_the_leaves),
        T(the_evidence_of_an_engagement_is_accepted_by_the_offline_verifier),
        T(the_chain_leads_from_the_requirement_to_the_ledger),
        T(a_client_gets_its_own_rows_and_no_ledger),
        T(a_bundle_that_was_tampered_with_is_not_accepted),
        T(evidence_from_a_checkpoint_that_never_was_is_refused),
    };
    return cmocka_run_group_tests(tests, open_with_life, stage_close);
}
