#include "core/leaf.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/must.h"

static const char first_line[] = "waymark-leaf/1";

bool leaf_event_is_valid(const char *event)
{
    if (strlen(event) > LEAF_EVENT_LIMIT)
        return false;
    for (int words = 1;; words++) {
        size_t length = strspn(event, "abcdefghijklmnopqrstuvwxyz0123456789_");
        if (length == 0 || event[0] < 'a' || event[0] > 'z')
            return false;
        event += length;
        if (*event == '\0')
            return words > 1;
        if (*event++ != '.')
            return false;
    }
}

char *leaf_format(const struct leaf *leaf, char text[static LEAF_TEXT_SIZE])
{
    must(leaf_event_is_valid(leaf->event));
    char subject[ID_TEXT_SIZE], time[TIME_TEXT_SIZE], payload[HASH_BASE64_SIZE];
    int length = snprintf(text, LEAF_TEXT_SIZE, "%s\n%s\n%s\n%s\n%s\n", first_line, leaf->event,
                          id_format(leaf->subject, subject), time_format(leaf->time_ms, time),
                          hash_to_base64(leaf->payload, payload));
    must(length > 0 && length < LEAF_TEXT_SIZE);
    return text;
}

enum { LINES = 5 };

/* Parts the text, which is changed, into its lines. */
static bool split_lines(char *text, char *lines[static LINES])
{
    for (int i = 0; i < LINES; i++) {
        char *end = strchr(text, '\n');
        if (!end)
            return false;
        *end = '\0';
        lines[i] = text;
        text = end + 1;
    }
    return *text == '\0';
}

/* Reads loosely, then holds the text against the only right way to write it. */
static bool read_leaf(const char *text, struct leaf *leaf)
{
    if (strlen(text) >= LEAF_TEXT_SIZE)
        return false;
    char copy[LEAF_TEXT_SIZE], *lines[LINES];
    strcpy(copy, text);
    if (!split_lines(copy, lines) || !leaf_event_is_valid(lines[1]) ||
        !id_parse(lines[2], &leaf->subject) || time_parse(lines[3], &leaf->time_ms, NULL) != OK ||
        !hash_from_base64(lines[4], &leaf->payload))
        return false;
    strcpy(leaf->event, lines[1]);
    char canonical[LEAF_TEXT_SIZE];
    return strcmp(leaf_format(leaf, canonical), text) == 0;
}

enum error leaf_parse(const char *text, struct leaf *leaf, struct fault *fault)
{
    if (!read_leaf(text, leaf))
        return refuse(fault, ERROR_MALFORMED, "leaf", "this is no %s", first_line);
    return OK;
}
