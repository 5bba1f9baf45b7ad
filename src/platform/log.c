#include "platform/log.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"

static const char *const level_names[] = {
    [LOG_DEBUG] = "debug",
    [LOG_INFO] = "info",
    [LOG_WARNING] = "warning",
    [LOG_ERROR] = "error",
};

static const char *const secret_words[] = {"password", "secret", "token", "cookie",
                                           "authorization"};

/* What every line ends with at worst; room for it is kept free. */
static const char cut_end[] = ",\"cut\":true}\n";

/* A line being put together. Once something does not fit, the field that it belongs to is dropped
 * and nothing more is added. */
struct line {
    size_t size;
    bool full;
    char bytes[LOG_LINE_LIMIT];
};

static void add_bytes(struct line *line, const char *bytes, size_t size)
{
    if (line->full || size > sizeof line->bytes - sizeof cut_end - line->size) {
        line->full = true;
        return;
    }
    memcpy(line->bytes + line->size, bytes, size);
    line->size += size;
}

static void add(struct line *line, const char *text)
{
    add_bytes(line, text, strlen(text));
}

static void add_escaped(struct line *line, unsigned char byte)
{
    char escape[8];
    if (byte == '"' || byte == '\\')
        snprintf(escape, sizeof escape, "\\%c", byte);
    else
        snprintf(escape, sizeof escape, "\\u%04x", byte < 0x80 ? byte : 0xfffd);
    add(line, escape);
}

static void add_quoted(struct line *line, const char *text)
{
    size_t left = strlen(text);
    add(line, "\"");
    while (left > 0 && !line->full) {
        uint32_t character;
        unsigned char byte = (unsigned char)*text;
        size_t length = utf8_read(text, left, &character);
        if (length == 0 || byte < ' ' || byte == '"' || byte == '\\' || byte == 0x7f) {
            add_escaped(line, byte);
            length = 1;
        } else {
            add_bytes(line, text, length);
        }
        text += length;
        left -= length;
    }
    add(line, "\"");
}

static bool is_secret(const char *key)
{
    for (size_t i = 0; i < sizeof secret_words / sizeof *secret_words; i++) {
        if (strstr(key, secret_words[i]))
            return true;
    }
    return false;
}

static void add_value(struct line *line, const struct log_field *field)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)field->number);
    if (is_secret(field->key))
        add_quoted(line, "(secret)");
    else if (field->text)
        add_quoted(line, field->text);
    else
        add(line, digits);
}

static void add_field(struct line *line, const struct log_field *field)
{
    size_t before = line->size;
    add(line, ",");
    add_quoted(line, field->key);
    add(line, ":");
    add_value(line, field);
    if (line->full)
        line->size = before;
}

static void add_time(struct line *line)
{
    struct timespec now;
    struct tm parts;
    char text[48];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    size_t length = strftime(text, sizeof text, "{\"time\":\"%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text + length, sizeof text - length, ".%03dZ\"", (int)(now.tv_nsec / 1000000));
    add(line, text);
}

void log_write(const struct log *log, enum log_level level, const char *event,
               const struct log_field *fields)
{
    if (level < log->least)
        return;
    struct line line = {.size = 0, .full = false};
    add_time(&line);
    const struct log_field head[] = {log_text("level", level_names[level]),
                                     log_text("event", event)};
    add_field(&line, &head[0]);
    add_field(&line, &head[1]);
    for (; fields && fields->key && !line.full; fields++)
        add_field(&line, fields);
    const char *end = line.full ? cut_end : "}\n";
    memcpy(line.bytes + line.size, end, strlen(end));
    ssize_t written = write(log->descriptor, line.bytes, line.size + strlen(end));
    (void)written;
}

struct log_field log_text(const char *key, const char *text)
{
    return (struct log_field){.key = key, .text = text ? text : ""};
}

struct log_field log_number(const char *key, int64_t number)
{
    return (struct log_field){.key = key, .number = number};
}

bool log_level_find(const char *name, enum log_level *level)
{
    for (size_t i = 0; i < sizeof level_names / sizeof *level_names; i++) {
        if (strcmp(name, level_names[i]) == 0) {
            *level = (enum log_level)i;
            return true;
        }
    }
    return false;
}
