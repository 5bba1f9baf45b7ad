/* Base64 as in RFC 4648 section 4: the standard alphabet, padded, no line breaks. */
#ifndef WAYMARK_BASE_BASE64_H
#define WAYMARK_BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of text for size bytes, NUL included. */
#define BASE64_SIZE(size) (((size) + 2) / 3 * 4 + 1)

/* Writes BASE64_SIZE(size) bytes to text and returns text. */
char *base64_encode(const void *bytes, size_t size, char *text);

/* Reads length characters into at most capacity bytes and says how many there were. There is one
 * text for any bytes: a missing pad, white space, a foreign character or a stray bit at the end is
 * false, as is what does not fit. */
bool base64_decode(const char *text, size_t length, void *bytes, size_t capacity, size_t *size);

#endif
