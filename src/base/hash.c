#include "base/hash.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <sodium.h>

#include "base/base64.h"
#include "base/must.h"

struct hasher {
    EVP_MD_CTX *context;
};

/* Looking the algorithm up costs more than a short hash, so it is done once and then never
 * changes. */
static EVP_MD *sha256_method;

static void fetch_sha256(void)
{
    sha256_method = EVP_MD_fetch(NULL, "SHA256", NULL);
    must(sha256_method);
}

static const EVP_MD *sha256(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    must(pthread_once(&once, fetch_sha256) == 0);
    return sha256_method;
}

struct hash hash_bytes(const void *bytes, size_t size)
{
    struct hash hash;
    must(EVP_Digest(bytes, size, hash.bytes, NULL, sha256(), NULL));
    return hash;
}

bool hash_equal(struct hash a, struct hash b)
{
    return memcmp(a.bytes, b.bytes, HASH_SIZE) == 0;
}

char *hash_to_hex(struct hash hash, char text[static HASH_HEX_SIZE])
{
    return sodium_bin2hex(text, HASH_HEX_SIZE, hash.bytes, HASH_SIZE);
}

char *hash_to_base64(struct hash hash, char text[static HASH_BASE64_SIZE])
{
    return base64_encode(hash.bytes, HASH_SIZE, text);
}

bool hash_from_hex(const char *text, struct hash *hash)
{
    return strlen(text) == HASH_HEX_SIZE - 1 &&
           strspn(text, "0123456789abcdef") == HASH_HEX_SIZE - 1 &&
           sodium_hex2bin(hash->bytes, HASH_SIZE, text, HASH_HEX_SIZE - 1, NULL, NULL, NULL) == 0;
}

bool hash_from_base64(const char *text, struct hash *hash)
{
    size_t size;
    return base64_decode(text, strlen(text), hash->bytes, HASH_SIZE, &size) && size == HASH_SIZE;
}

static void start(struct hasher *hasher)
{
    must(EVP_DigestInit_ex2(hasher->context, sha256(), NULL));
}

struct hasher *hasher_new(void)
{
    struct hasher *hasher = calloc(1, sizeof *hasher);
    must(hasher);
    hasher->context = EVP_MD_CTX_new();
    must(hasher->context);
    start(hasher);
    return hasher;
}

void hasher_free(struct hasher *hasher)
{
    if (!hasher)
        return;
    EVP_MD_CTX_free(hasher->context);
    free(hasher);
}

void hasher_add(struct hasher *hasher, const void *bytes, size_t size)
{
    must(EVP_DigestUpdate(hasher->context, bytes, size));
}

struct hash hasher_finish(struct hasher *hasher)
{
    struct hash hash;
    must(EVP_DigestFinal_ex(hasher->context, hash.bytes, NULL));
    start(hasher);
    return hash;
}
