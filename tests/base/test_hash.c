#include "base/hash.h"

#include "../check.h"

/* FIPS 180-4 examples: the first two by NIST, the empty one everybody's. */
static const struct {
    const char *text, *hex;
} known[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

CASE(known_texts_have_their_known_hashes)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char hex[HASH_HEX_SIZE];
        struct hash hash = hash_bytes(known[i].text, strlen(known[i].text));
        assert_string_equal(hash_to_hex(hash, hex), known[i].hex);
    }
}

CASE(pieces_hash_as_the_whole_and_a_hasher_starts_anew)
{
    struct hasher *hasher = hasher_new();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        for (const char *at = known[i].text; *at; at++)
            hasher_add(hasher, at, 1);
        assert_true(
            hash_equal(hasher_finish(hasher), hash_bytes(known[i].text, strlen(known[i].text))));
    }
    hasher_free(hasher);
    hasher_free(NULL);
}

CASE(different_hashes_are_not_equal)
{
    struct hash hash = hash_bytes("abc", 3), other = hash;
    assert_true(hash_equal(hash, other));
    other.bytes[HASH_SIZE - 1] ^= 1;
    assert_false(hash_equal(hash, other));
}

CASE(hex_and_base64_come_back)
{
    struct hash hash = hash_bytes("abc", 3), back;
    char hex[HASH_HEX_SIZE], base64[HASH_BASE64_SIZE];
    assert_true(hash_from_hex(hash_to_hex(hash, hex), &back));
    assert_true(hash_equal(hash, back));
    assert_true(hash_from_base64(hash_to_base64(hash, base64), &back));
    assert_true(hash_equal(hash, back));
    assert_string_equal(base64, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

CASE(anything_else_is_no_hash)
{
    struct hash hash;
    static const char *const wrong[] = {
        "",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
        "BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa==",
        "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0",
        "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa1=",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(hash_from_hex(wrong[i], &hash));
        assert_false(hash_from_base64(wrong[i], &hash));
    }
}

RUN(T(known_texts_have_their_known_hashes), T(pieces_hash_as_the_whole_and_a_hasher_starts_anew),
    T(different_hashes_are_not_equal), T(hex_and_base64_come_back), T(anything_else_is_no_hash))
