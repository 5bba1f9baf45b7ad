/* The log's side of a bundle: signed checkpoints that grow from each other, leaves under the last
 * of them, payloads that belong to their leaves. */
#include "verify/verification.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "core/leaf.h"
#include "core/merkle.h"
#include "verify/canonical.h"

/* How the checkpoint, which is signed, follows on the one before. One without an origin did not
 * hold. */
static void check_growth(struct verification *verification, size_t number,
                         const struct checkpoint *before, const struct checkpoint *checkpoint)
{
    struct report *report = verification->report;
    struct merkle_proof proof =
        bundle_proof(verification->bundle->checkpoints[number - 1].consistency);
    if (!before->origin)
        report_fail(report, "checkpoint %zu: the one before it does not hold", number);
    else if (strcmp(before->origin, checkpoint->origin) != 0)
        report_fail(report, "checkpoint %zu: it is of another log, %s", number, checkpoint->origin);
    else if (!merkle_verify_consistency(&proof, before->size, checkpoint->size, before->root,
                                        checkpoint->root))
        report_fail(report,
                    "checkpoint %zu: size %" PRIu64 ", not shown to have grown from size %" PRIu64,
                    number, checkpoint->size, before->size);
    else
        report_ok(report,
                  "checkpoint %zu: size %" PRIu64 ", signed by %s, grown from size %" PRIu64,
                  number, checkpoint->size, checkpoint->origin, before->size);
}

/* Whether the checkpoint that the reader holds is one of these. */
static void check_held(struct verification *verification, const struct checkpoint *checkpoints)
{
    struct checkpoint held;
    struct fault fault;
    if (checkpoint_open(verification->arena, verification->keys, verification->key_count,
                        verification->held_note, &held, &fault) != OK) {
        report_fail(verification->report, "your checkpoint: %s", fault.detail);
        return;
    }
    for (size_t i = 0; i < verification->bundle->checkpoint_count; i++) {
        const char *origin = checkpoints[i].origin;
        if (!origin || checkpoints[i].size != held.size || strcmp(origin, held.origin) != 0)
            continue;
        if (hash_equal(checkpoints[i].root, held.root))
            report_ok(verification->report, "your checkpoint of size %" PRIu64 " is number %zu",
                      held.size, i + 1);
        else
            report_fail(verification->report,
                        "your checkpoint of size %" PRIu64 " has another root: the log was forked",
                        held.size);
        return;
    }
    report_fail(verification->report,
                "your checkpoint of size %" PRIu64
                " is not in this bundle: fetch it with from_size",
                held.size);
}

static void check_checkpoints(struct verification *verification)
{
    const struct bundle *bundle = verification->bundle;
    struct checkpoint *checkpoints =
        arena_array(verification->arena, bundle->checkpoint_count, sizeof *checkpoints);
    report_heading(verification->report, "Checkpoints", bundle->checkpoint_count);
    for (size_t i = 0; i < bundle->checkpoint_count; i++) {
        struct fault fault;
        struct checkpoint opened;
        verification->last = NULL;
        if (checkpoint_open(verification->arena, verification->keys, verification->key_count,
                            bundle->checkpoints[i].note, &opened, &fault) != OK) {
            report_fail(verification->report, "checkpoint %zu: %s", i + 1, fault.detail);
            continue;
        }
        checkpoints[i] = opened;
        verification->last = &checkpoints[i];
        if (i > 0)
            check_growth(verification, i + 1, &checkpoints[i - 1], &checkpoints[i]);
        else
            report_ok(verification->report, "checkpoint 1: size %" PRIu64 ", signed by %s",
                      opened.size, opened.origin);
    }
    if (verification->held_note)
        check_held(verification, checkpoints);
}

/* Whether the leaf is in the tree of the last checkpoint, and what it says. */
static bool check_leaf(struct verification *verification, const struct bundle_leaf *bundled,
                       struct leaf *leaf)
{
    struct fault fault;
    if (leaf_parse(bundled->text, leaf, &fault) != OK) {
        report_fail(verification->report, "leaf %" PRIu64 ": %s", bundled->index, fault.detail);
        return false;
    }
    if (!verification->last) {
        report_fail(verification->report, "leaf %" PRIu64 ": %s: the last checkpoint does not hold",
                    bundled->index, leaf->event);
        return false;
    }
    struct merkle_proof proof = bundle_proof(bundled->inclusion);
    struct hash hash = merkle_leaf_hash(bundled->text, strlen(bundled->text));
    if (!merkle_verify_inclusion(&proof, bundled->index, verification->last->size, hash,
                                 verification->last->root)) {
        report_fail(verification->report,
                    "leaf %" PRIu64 ": %s: not shown to be in the log at that place",
                    bundled->index, leaf->event);
        return false;
    }
    return true;
}

/* Whether the payload is there and is the leaf's. An erased one is no fault. */
static bool check_payload(struct verification *verification, const struct bundle_leaf *bundled,
                          const struct leaf *leaf, struct payload *payload)
{
    struct report *report = verification->report;
    char time[TIME_TEXT_SIZE];
    time_format(leaf->time_ms, time);
    if (!bundled->payload) {
        verification->has_erased = true;
        report_ok(report, "leaf %" PRIu64 ": %s %s, in the log; particulars erased", bundled->index,
                  time, leaf->event);
        return false;
    }
    const char *text;
    struct fault fault;
    arena_reset(verification->scratch);
    if (canonical_text(verification->scratch, bundled->payload, &text, &fault) != OK ||
        payload_parse(verification->arena, text, payload, &fault) != OK) {
        report_fail(report, "leaf %" PRIu64 ": %s: %s", bundled->index, leaf->event, fault.detail);
        return false;
    }
    if (!payload_belongs(text, &bundled->salt, leaf)) {
        report_fail(report, "leaf %" PRIu64 ": %s: the payload is not the one that was hashed",
                    bundled->index, leaf->event);
        return false;
    }
    report_ok(report, "leaf %" PRIu64 ": %s %s, in the log; by %s, rows changed: %zu",
              bundled->index, time, leaf->event, payload->actor_kind, payload->row_count);
    return true;
}

static int compare_named(const void *a, const void *b)
{
    const struct payload_row *x = ((const struct named_row *)a)->row;
    const struct payload_row *y = ((const struct named_row *)b)->row;
    int order = strcmp(x->kind, y->kind);
    if (order == 0)
        order = memcmp(&x->id, &y->id, sizeof x->id);
    return order != 0 ? order : (x->version > y->version) - (x->version < y->version);
}

/* payloads[i] is that of leaf i, without rows if it proves nothing. */
static void gather_rows(struct verification *verification, const struct payload *payloads)
{
    const struct bundle *bundle = verification->bundle;
    size_t count = 0, at = 0;
    for (size_t i = 0; i < bundle->leaf_count; i++)
        count += payloads[i].row_count;
    struct named_row *named = arena_array(verification->arena, count, sizeof *named);
    for (size_t i = 0; i < bundle->leaf_count; i++)
        for (size_t j = 0; j < payloads[i].row_count; j++)
            named[at++] = (struct named_row){&payloads[i].rows[j], &bundle->leaves[i]};
    qsort(named, count, sizeof *named, compare_named);
    verification->named = named;
    verification->named_count = count;
}

void check_log(struct verification *verification)
{
    check_checkpoints(verification);
    const struct bundle *bundle = verification->bundle;
    struct payload *payloads =
        arena_array(verification->arena, bundle->leaf_count, sizeof *payloads);
    report_heading(verification->report, "Leaves", bundle->leaf_count);
    for (size_t i = 0; i < bundle->leaf_count; i++) {
        struct leaf leaf;
        if (!check_leaf(verification, &bundle->leaves[i], &leaf) ||
            !check_payload(verification, &bundle->leaves[i], &leaf, &payloads[i]))
            payloads[i] = (struct payload){0};
    }
    gather_rows(verification, payloads);
}
