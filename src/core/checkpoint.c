#include "core/checkpoint.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"

char *checkpoint_format(struct arena *arena, const struct checkpoint *checkpoint)
{
    must(checkpoint->size <= INT64_MAX);
    char root[HASH_BASE64_SIZE];
    return arena_format(arena, "%s\n%ju\n%s\n%s", checkpoint->origin, (uintmax_t)checkpoint->size,
                        hash_to_base64(checkpoint->root, root), checkpoint->extension);
}

/* Takes the next line, which must not be empty; NULL if there is none. */
static char *next_line(char **rest)
{
    char *line = *rest;
    char *end = strchr(line, '\n');
    if (!end || end == line)
        return NULL;
    *end = '\0';
    *rest = end + 1;
    return line;
}

static bool parse_size(const char *text, uint64_t *size)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || text[digits] != '\0' || (text[0] == '0' && digits > 1))
        return false;
    errno = 0;
    *size = strtoull(text, NULL, 10);
    return errno == 0 && *size <= INT64_MAX;
}

/* Whole, non-empty lines. */
static bool extension_is_valid(const char *extension)
{
    size_t size = strlen(extension);
    return size == 0 ||
           (extension[0] != '\n' && extension[size - 1] == '\n' && !strstr(extension, "\n\n"));
}

enum error checkpoint_parse(struct arena *arena, const char *text, struct checkpoint *checkpoint,
                            struct fault *fault)
{
    char *rest = arena_text(arena, text);
    const char *origin = next_line(&rest);
    const char *size = origin ? next_line(&rest) : NULL;
    const char *root = size ? next_line(&rest) : NULL;
    if (!root)
        return refuse(fault, ERROR_MALFORMED, "checkpoint",
                      "a checkpoint has an origin, a size and a root, a line each");
    if (!parse_size(size, &checkpoint->size))
        return refuse(fault, ERROR_MALFORMED, "checkpoint", "the second line is no tree size");
    if (!hash_from_base64(root, &checkpoint->root))
        return refuse(fault, ERROR_MALFORMED, "checkpoint", "the third line is no root hash");
    if (!extension_is_valid(rest))
        return refuse(fault, ERROR_MALFORMED, "checkpoint", "extension lines must not be empty");
    checkpoint->origin = origin;
    checkpoint->extension = rest;
    return OK;
}

enum error checkpoint_sign(struct arena *arena, const struct note_signer *signer, uint64_t size,
                           struct hash root, const char **note, struct fault *fault)
{
    const struct checkpoint checkpoint = {signer->key.name, size, root, ""};
    return note_sign(arena, signer, checkpoint_format(arena, &checkpoint), note, fault);
}

enum error checkpoint_open(struct arena *arena, const struct note_key *keys, size_t key_count,
                           const char *note, struct checkpoint *checkpoint, struct fault *fault)
{
    const char *text;
    const struct note_key *key;
    enum error error = note_open(arena, keys, key_count, note, &text, &key, fault);
    if (error == OK)
        error = checkpoint_parse(arena, text, checkpoint, fault);
    if (error == OK && strcmp(checkpoint->origin, key->name) != 0)
        return refuse(fault, ERROR_CHECK_FAILED, "checkpoint",
                      "the key %.100s signed for another log", key->name);
    return error;
}
