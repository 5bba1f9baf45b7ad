#include "core/note.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "base/base64.h"
#include "base/hash.h"
#include "base/utf8.h"

enum {
    ED25519 = 1,   /* the type byte before a key */
    ID_SIZE = 4,   /* bytes of a key id, and before a signature */
    ID_DIGITS = 8, /* the same in hex */
    TYPED_KEY_SIZE = 1 + NOTE_KEY_SIZE,
    TYPED_KEY_TEXT = BASE64_SIZE(TYPED_KEY_SIZE),
    SIGNATURE_SIZE = ID_SIZE + crypto_sign_BYTES,
};

static const char private_prefix[] = "PRIVATE+KEY+";
static const char dash[] = "\xe2\x80\x94 "; /* an em dash and a space */

/* Big endian, as the format has it. */
static uint32_t read_id(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void write_id(uint32_t id, uint8_t *bytes)
{
    for (int i = 0; i < ID_SIZE; i++)
        bytes[i] = (uint8_t)(id >> (24 - 8 * i));
}

static bool name_is_valid(const char *name, size_t size)
{
    if (size == 0 || size > NOTE_KEY_NAME_LIMIT)
        return false;
    for (const char *end = name + size; name < end;) {
        uint32_t character;
        size_t length = utf8_read(name, (size_t)(end - name), &character);
        if (length == 0 || character < 0x20 || character == '+' || utf8_is_space(character))
            return false;
        name += length;
    }
    return true;
}

static uint32_t key_id(const char *name, const uint8_t *key)
{
    uint8_t bytes[NOTE_KEY_NAME_LIMIT + 2 + NOTE_KEY_SIZE];
    size_t size = strlen(name);
    memcpy(bytes, name, size);
    bytes[size++] = '\n';
    bytes[size++] = ED25519;
    memcpy(bytes + size, key, NOTE_KEY_SIZE);
    struct hash hash = hash_bytes(bytes, size + NOTE_KEY_SIZE);
    return read_id(hash.bytes);
}

enum error note_key_make(const char *name, const uint8_t bytes[static NOTE_KEY_SIZE],
                         struct note_key *key, struct fault *fault)
{
    if (!name_is_valid(name, strlen(name)))
        return refuse(fault, ERROR_INVALID, "name",
                      "a key name has 1 to %d bytes and neither white space nor a plus",
                      NOTE_KEY_NAME_LIMIT);
    *key = (struct note_key){0};
    strcpy(key->name, name);
    memcpy(key->bytes, bytes, NOTE_KEY_SIZE);
    key->id = key_id(name, bytes);
    return OK;
}

/* libsodium keeps the seed and the public key as one secret key; here they stay apart. */
static void expand(const uint8_t *seed, uint8_t *public_key, uint8_t *secret)
{
    crypto_sign_seed_keypair(public_key, secret, seed);
}

enum error note_signer_make(const char *name, const uint8_t seed[static NOTE_KEY_SIZE],
                            struct note_signer *signer, struct fault *fault)
{
    uint8_t public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    expand(seed, public_key, secret);
    sodium_memzero(secret, sizeof secret);
    memcpy(signer->seed, seed, NOTE_KEY_SIZE);
    return note_key_make(name, public_key, &signer->key, fault);
}

static char *format_key(struct arena *arena, const char *prefix, const struct note_key *key,
                        const uint8_t *bytes)
{
    uint8_t typed[TYPED_KEY_SIZE] = {ED25519};
    memcpy(typed + 1, bytes, NOTE_KEY_SIZE);
    char text[TYPED_KEY_TEXT];
    char *formatted = arena_format(arena, "%s%s+%08x+%s", prefix, key->name, key->id,
                                   base64_encode(typed, sizeof typed, text));
    sodium_memzero(typed, sizeof typed);
    sodium_memzero(text, sizeof text);
    return formatted;
}

char *note_key_format(struct arena *arena, const struct note_key *key)
{
    return format_key(arena, "", key, key->bytes);
}

char *note_signer_format(struct arena *arena, const struct note_signer *signer)
{
    return format_key(arena, private_prefix, &signer->key, signer->seed);
}

/* The parts of "name+id+base64"; whether they fit together is for the caller. */
static bool split_key(const char *text, char name[static NOTE_KEY_NAME_LIMIT + 1], uint32_t *id,
                      uint8_t bytes[static NOTE_KEY_SIZE])
{
    size_t name_size = strcspn(text, "+");
    const char *digits = text + name_size + 1;
    if (name_size > NOTE_KEY_NAME_LIMIT || strlen(text) < name_size + 1 + ID_DIGITS + 1 ||
        strspn(digits, "0123456789abcdef") != ID_DIGITS || digits[ID_DIGITS] != '+')
        return false;
    memcpy(name, text, name_size);
    name[name_size] = '\0';

    uint8_t id_bytes[ID_SIZE], typed[TYPED_KEY_SIZE];
    size_t size;
    const char *base64 = digits + ID_DIGITS + 1;
    if (sodium_hex2bin(id_bytes, ID_SIZE, digits, ID_DIGITS, NULL, NULL, NULL) != 0 ||
        !base64_decode(base64, strlen(base64), typed, sizeof typed, &size) ||
        size != TYPED_KEY_SIZE || typed[0] != ED25519)
        return false;
    *id = read_id(id_bytes);
    memcpy(bytes, typed + 1, NOTE_KEY_SIZE);
    sodium_memzero(typed, sizeof typed);
    return true;
}

enum error note_key_parse(const char *text, struct note_key *key, struct fault *fault)
{
    char name[NOTE_KEY_NAME_LIMIT + 1];
    uint8_t bytes[NOTE_KEY_SIZE];
    uint32_t id;
    if (!split_key(text, name, &id, bytes))
        return refuse(fault, ERROR_INVALID, "key",
                      "this is no Ed25519 key of the form "
                      "name+id+base64");
    enum error error = note_key_make(name, bytes, key, fault);
    if (error == OK && key->id != id)
        return refuse(fault, ERROR_INVALID, "key",
                      "the id in the key's text is not that of the key");
    return error;
}

enum error note_signer_parse(const char *text, struct note_signer *signer, struct fault *fault)
{
    char name[NOTE_KEY_NAME_LIMIT + 1];
    uint8_t seed[NOTE_KEY_SIZE];
    uint32_t id;
    size_t prefix = strlen(private_prefix);
    if (strncmp(text, private_prefix, prefix) != 0 || !split_key(text + prefix, name, &id, seed))
        return refuse(fault, ERROR_INVALID, "key",
                      "this is no Ed25519 private key of the form "
                      "PRIVATE+KEY+name+id+base64");
    enum error error = note_signer_make(name, seed, signer, fault);
    sodium_memzero(seed, sizeof seed);
    if (error == OK && signer->key.id != id)
        return refuse(fault, ERROR_INVALID, "key",
                      "the id in the key's text is not that of the key");
    return error;
}

/* UTF-8 without control characters but the newline. */
static bool is_plain(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((uint8_t)text[i] < 0x20 && text[i] != '\n')
            return false;
    return utf8_valid(text, size);
}

enum error note_sign(struct arena *arena, const struct note_signer *signer, const char *text,
                     const char **note, struct fault *fault)
{
    size_t size = strlen(text);
    if (size == 0 || size > NOTE_LIMIT || text[size - 1] != '\n' || !is_plain(text, size))
        return refuse(fault, ERROR_INVALID, "text",
                      "a note is UTF-8 lines of at most %d bytes together", NOTE_LIMIT);
    uint8_t public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    uint8_t signature[SIGNATURE_SIZE];
    expand(signer->seed, public_key, secret);
    write_id(signer->key.id, signature);
    crypto_sign_detached(signature + ID_SIZE, NULL, (const uint8_t *)text, size, secret);
    sodium_memzero(secret, sizeof secret);
    char base64[BASE64_SIZE(SIGNATURE_SIZE)];
    *note = arena_format(arena, "%s\n%s%s %s\n", text, dash, signer->key.name,
                         base64_encode(signature, sizeof signature, base64));
    return OK;
}

/* One signature line, taken apart. */
struct signature {
    const char *name; /* not terminated */
    size_t name_size;
    uint32_t key_id;
    const uint8_t *bytes;
    size_t size;
};

/* Reads a line that ends before end, its newline. */
static bool read_signature(struct arena *arena, const char *line, const char *end,
                           struct signature *signature)
{
    size_t mark = strlen(dash);
    if ((size_t)(end - line) < mark || memcmp(line, dash, mark) != 0)
        return false;
    const char *name = line + mark;
    const char *space = memchr(name, ' ', (size_t)(end - name));
    if (!space || !name_is_valid(name, (size_t)(space - name)))
        return false;
    const char *base64 = space + 1;
    size_t length = (size_t)(end - base64), size;
    uint8_t *bytes = arena_alloc(arena, length);
    if (!base64_decode(base64, length, bytes, length, &size) || size <= ID_SIZE)
        return false;
    *signature = (struct signature){name, (size_t)(space - name), read_id(bytes), bytes + ID_SIZE,
                                    size - ID_SIZE};
    return true;
}

static const struct note_key *find_key(const struct note_key *keys, size_t count,
                                       const struct signature *signature)
{
    for (size_t i = 0; i < count; i++)
        if (keys[i].id == signature->key_id && strlen(keys[i].name) == signature->name_size &&
            memcmp(keys[i].name, signature->name, signature->name_size) == 0)
            return &keys[i];
    return NULL;
}

static bool signature_holds(const struct signature *signature, const char *text,
                            const struct note_key *key)
{
    return signature->size == crypto_sign_BYTES &&
           crypto_sign_verify_detached(signature->bytes, (const uint8_t *)text, strlen(text),
                                       key->bytes) == 0;
}

/* The last blank line parts text and signatures. Returns where the signatures start, NULL if this
 * is no note; *text is then the text with its newline. */
static const char *split_note(struct arena *arena, const char *note, const char **text)
{
    size_t size = strlen(note);
    if (size > NOTE_LIMIT || size == 0 || note[size - 1] != '\n' || !is_plain(note, size))
        return NULL;
    const char *blank = NULL;
    for (const char *at = note; (at = strstr(at, "\n\n")); at++)
        blank = at;
    if (!blank)
        return NULL;
    *text = arena_text_n(arena, note, (size_t)(blank + 1 - note));
    return blank + 2;
}

enum error note_open(struct arena *arena, const struct note_key *keys, size_t key_count,
                     const char *note, const char **text, const struct note_key **signed_by,
                     struct fault *fault)
{
    const char *signed_text;
    const char *line = split_note(arena, note, &signed_text);
    if (!line || *line == '\0')
        return refuse(fault, ERROR_MALFORMED, "note", "this is no signed note");
    const struct note_key *signer = NULL;
    for (int count = 1; *line != '\0'; count++) {
        const char *end = strchr(line, '\n');
        struct signature signature;
        if (count > NOTE_SIGNATURE_LIMIT || !read_signature(arena, line, end, &signature))
            return refuse(fault, ERROR_MALFORMED, "note", "signature line %d cannot be read",
                          count);
        const struct note_key *key = find_key(keys, key_count, &signature);
        if (key && !signature_holds(&signature, signed_text, key))
            return refuse(fault, ERROR_CHECK_FAILED, "note", "the signature of %.100s is wrong",
                          key->name);
        if (key && !signer)
            signer = key;
        line = end + 1;
    }
    if (!signer)
        return refuse(fault, ERROR_CHECK_FAILED, "note", "none of the known keys signed this");
    *text = signed_text;
    if (signed_by)
        *signed_by = signer;
    return OK;
}
