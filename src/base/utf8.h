/* UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef WAYMARK_BASE_UTF8_H
#define WAYMARK_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads the character that starts at text, which has size bytes, size > 0. Returns its length in
 * bytes, or 0 if the bytes are not UTF-8. */
size_t utf8_read(const char *text, size_t size, uint32_t *character);

/* Whether all size bytes are UTF-8; NUL is a character like any other. */
bool utf8_valid(const char *text, size_t size);

/* White space by the Unicode property White_Space. */
bool utf8_is_space(uint32_t character);

#endif
