/* JSON by shape, both ways (RFC 8259; parsing by jansson, integers exact to 64 bits).
 *
 * Reading refuses what a shape does not name, so that a misspelt field is never ignored, and
 * names the place of each refusal: "milestones/2/price". Everything read is copied into the
 * arena. */
#ifndef WAYMARK_BASE_JSON_H
#define WAYMARK_BASE_JSON_H

#include <stdbool.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/shape.h"
#include "base/text.h"

/* Parses one JSON object within JSON_DEPTH_LIMIT; duplicate names, NUL in strings and trailing
 * text are refused (ERROR_MALFORMED). The caller owns *object (json_decref). */
enum error json_parse_object(const char *bytes, size_t size, json_t **object,
                             struct fault *fault) WARN_UNUSED;

/* Reads the fields of row that are neither FROM_PATH nor FROM_QUERY, after shape_init of these.
 * object may be NULL for an empty body. A money field's currency must be that of the shape (or of
 * the shape around it); a shape whose text field "currency" is not given takes it from its first
 * money. A number that is missing is its .initial, or refused where that is outside its limits.
 * A text is one line where its limit is SHORT_TEXT_LIMIT or less, and may have several where
 * it is longer; no other control character passes. ERROR_INVALID or ERROR_OUT_OF_RANGE, with the
 * field. */
enum error json_read_shape(struct arena *arena, const struct shape *shape, const json_t *object,
                           void *row, struct fault *fault) WARN_UNUSED;

/* Reads one member from text, as it comes in an address or a query ("true", "12", "2016-06-30",
 * "12.50 EUR" for money, names separated by nothing else). ERROR_INVALID with the field. */
enum error json_read_text(struct arena *arena, const struct shape *shape, const struct field *field,
                          const char *text, void *row, struct fault *fault) WARN_UNUSED;

/* Reads one member from a JSON text that json_write_member wrote. Trusts nothing. */
enum error json_read_member(struct arena *arena, const struct shape *shape,
                            const struct field *field, const char *bytes, size_t size, void *row,
                            struct fault *fault) WARN_UNUSED;

enum json_style {
    JSON_FOR_AGENCY = 1,
    JSON_FOR_CLIENT, /* without AGENCY_ONLY fields */
    JSON_CANONICAL,  /* stored columns only, sorted by name, money as integer minor units under the
                        column's name, ADDED_LATER fields only where they hold something: RFC 8785
                        for our subset; what evidence hashes */
};

/* Appends row as one JSON object. */
void json_write_shape(struct text_buffer *text, const struct shape *shape, const void *row,
                      enum json_style style);

/* Appends the value of one member. */
void json_write_member(struct text_buffer *text, const struct shape *shape,
                       const struct field *field, const void *row, enum json_style style);

/* Appends "text" as a JSON string; NULL gives null. Escapes only what RFC 8785 escapes. */
void json_write_string(struct text_buffer *text, const char *string);

#endif
