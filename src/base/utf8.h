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

/* Whether the text is UTF-8 that can stand in a name, a title, a header: without control characters
 * and whatever else ends a line. */
bool utf8_is_line(const char *text);

/* The same, but with tabs, line feeds and carriage returns: a text of several lines. */
bool utf8_is_prose(const char *text);

/* Make such texts of whatever bytes, in place and as long as they were: each byte that is not
 * UTF-8, or of a character that cannot stand there, becomes a question mark. */
void utf8_mend_line(char *text);
void utf8_mend_prose(char *text);

/* White space by the Unicode property White_Space. */
bool utf8_is_space(uint32_t character);

#endif
