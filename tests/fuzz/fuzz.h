/* A fuzz target is this one function: it reads any bytes and must neither crash nor break one of
 * its own assertions. clang's libFuzzer calls it with new inputs, replay.c with those kept in
 * corpus/. */
#ifndef WAYMARK_TESTS_FUZZ_H
#define WAYMARK_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

#endif
