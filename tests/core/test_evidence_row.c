#include "core/evidence_row.h"

#include "../check.h"
#include "core/salt.h"

CASE(an_erased_leaf_keeps_only_the_hash_of_its_payload)
{
    const struct salt salt = {{1, 2, 3}};
    const char payload[] = "{}";
    struct leaf_row leaf = {
        .event = "contact.created",
        .salt = {salt.bytes, sizeof salt.bytes},
        .payload = payload,
    };
    leaf_row_erase(&leaf, 7);
    assert_null(leaf.payload);
    assert_null(leaf.salt.bytes);
    assert_int_equal(leaf.erased_at, 7);
    assert_true(hash_equal(leaf.payload_hash, salted_hash(&salt, payload, strlen(payload))));
    assert_string_equal(leaf.event, "contact.created");
}

RUN(T(an_erased_leaf_keeps_only_the_hash_of_its_payload))
