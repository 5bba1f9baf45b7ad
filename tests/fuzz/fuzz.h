/* A fuzz target is this one function: it reads any bytes and must neither crash nor break one of
 * its own assertions. clang's libFuzzer calls it with new inputs, replay.c with those kept in
 * corpus/. */
#ifndef WAYMARK_TESTS_FUZZ_H
#define WAYMARK_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

/* The input as a text of its own, so that a sanitizer sees its edges; to be freed. */
static inline char *fuzz_text(const uint8_t *input, size_t size)
{
    char *text = malloc(size + 1);
    must(text);
    if (size > 0)
        memcpy(text, input, size);
    text[size] = '\0';
    return text;
}

#endif
