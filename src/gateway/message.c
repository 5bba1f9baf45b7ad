#include "gateway/message.h"

#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "base/day.h"
#include "base/email.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/utf8.h"

enum {
    LINE_WIDTH = 76,      /* RFC 2045 and 2047, without CRLF */
    VALUE_MAX = 900,      /* of a header; RFC 5322 ends a line at 998 */
    PLAIN_TEXT_MAX = 60,  /* ASCII that needs no second line */
    BYTES_OF_A_LINE = 57, /* make LINE_WIDTH characters of base64 */
    HEADER_NAME_MAX = 40, /* leaves room for words beside it */
    WORD_FRAME = 12,      /* "=?UTF-8?B?" and "?=" */
};

/* Neither quoted-printable nor base64 can contain "=_". */
static const char boundary[] = "=_next_part";

/* ---- syntax -------------------------------------------------------------------------------- */

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_ascii(const char *text)
{
    while (*text && !(*text & 0x80))
        text++;
    return !*text;
}

/* RFC 2045: a type and a subtype, no parameters. */
static bool is_media_type(const char *type)
{
    const char *slash = strchr(type, '/');
    if (!slash || slash == type || !slash[1] || strlen(type) > SHORT_TEXT_LIMIT)
        return false;
    for (const char *at = type; *at; at++)
        if (at != slash && !is_letter_or_digit(*at) && !strchr("!#$&^_.+-", *at))
            return false;
    return true;
}

static bool is_header_name(const char *name)
{
    for (const char *at = name; *at; at++)
        if (!is_letter_or_digit(*at) && *at != '-')
            return false;
    return *name && strlen(name) <= HEADER_NAME_MAX;
}

static bool is_written_by_us(const char *header_name)
{
    static const char *const names[] = {"Date",       "From",       "To",      "Cc",
                                        "Bcc",        "Sender",     "Subject", "MIME-Version",
                                        "Message-ID", "Return-Path"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(header_name, names[i]) == 0)
            return true;
    return strncasecmp(header_name, "Content-", strlen("Content-")) == 0;
}

/* ---- checks -------------------------------------------------------------------------------- */

static enum error check_mailbox(const struct mailbox *mailbox, const char *field,
                                struct fault *fault)
{
    if (!email_is_valid(mailbox->address))
        return refuse(fault, ERROR_INVALID, field,
                      "this is no mail address that can be written to");
    if (mailbox->name && (!utf8_is_line(mailbox->name) || strlen(mailbox->name) > SHORT_TEXT_LIMIT))
        return refuse(fault, ERROR_INVALID, field, "a name is one line of at most %d bytes",
                      SHORT_TEXT_LIMIT);
    return OK;
}

static enum error check_header(const struct mail_header *header, struct fault *fault)
{
    if (!is_header_name(header->name) || is_written_by_us(header->name))
        return refuse(fault, ERROR_INVALID, "headers", "this header cannot be added");
    if (!*header->value || !utf8_is_line(header->value) || strlen(header->value) > VALUE_MAX)
        return refuse(fault, ERROR_INVALID, "headers", "%s is one line of 1 to %d bytes",
                      header->name, VALUE_MAX);
    return OK;
}

static enum error check_attachment(const struct mail_attachment *attachment, struct fault *fault)
{
    if (!*attachment->name || !utf8_is_line(attachment->name) || strchr(attachment->name, '/') ||
        strlen(attachment->name) > SHORT_TEXT_LIMIT)
        return refuse(fault, ERROR_INVALID, "attachments",
                      "a file name is one line of 1 to %d bytes without a slash", SHORT_TEXT_LIMIT);
    if (!is_media_type(attachment->type))
        return refuse(fault, ERROR_INVALID, "attachments", "%s has no proper type",
                      attachment->name);
    return OK;
}

static enum error check_mail(const struct mailbox *from, const struct mail *mail,
                             struct fault *fault)
{
    enum error error = check_mailbox(from, "from", fault);
    if (!error)
        error = check_mailbox(&mail->to, "to", fault);
    for (size_t i = 0; !error && i < mail->header_count; i++)
        error = check_header(&mail->headers[i], fault);
    for (size_t i = 0; !error && i < mail->attachment_count; i++)
        error = check_attachment(&mail->attachments[i], fault);
    if (error)
        return error;
    if (!utf8_is_line(mail->subject) || strlen(mail->subject) > VALUE_MAX)
        return refuse(fault, ERROR_INVALID, "subject", "a subject is one line of at most %d bytes",
                      VALUE_MAX);
    if (!utf8_valid(mail->text, strlen(mail->text)))
        return refuse(fault, ERROR_INVALID, "text", "the text is not UTF-8");
    if (!email_is_valid(mail->message_id))
        return refuse(fault, ERROR_INVALID, "message_id", "a Message-ID is unique@domain");
    return OK;
}

/* Not less than the bytes of the bodies once they are encoded. */
static size_t encoded_size(const struct mail *mail)
{
    size_t size = 4 * strlen(mail->text);
    for (size_t i = 0; i < mail->attachment_count && size <= MAIL_LIMIT; i++) {
        size_t lines = mail->attachments[i].size / BYTES_OF_A_LINE + 1;
        size += lines > MAIL_LIMIT ? lines : lines * (LINE_WIDTH + 2);
    }
    return size;
}

/* ---- headers ------------------------------------------------------------------------------- */

/* The bytes of text, at most size_max, that end between two characters. */
static size_t whole_characters(const char *text, size_t size_max)
{
    size_t size = strlen(text);
    if (size <= size_max)
        return size;
    while (size_max > 0 && (text[size_max] & 0xc0) == 0x80)
        size_max--;
    return size_max;
}

/* Encoded words of which no line is longer than LINE_WIDTH; column is where the first one begins.
 */
static void put_encoded_words(struct text_buffer *buffer, const char *text, size_t column)
{
    while (*text) {
        size_t size = whole_characters(text, (LINE_WIDTH - WORD_FRAME - column) / 4 * 3);
        char word[BASE64_SIZE(LINE_WIDTH)];
        text_printf(buffer, "=?UTF-8?B?%s?=", base64_encode(text, size, word));
        text += size;
        if (*text)
            text_put_text(buffer, "\r\n ");
        column = 1;
    }
}

/* Short ASCII that no reader would take for an encoded word. */
static bool is_plain(const char *text)
{
    return is_ascii(text) && !strstr(text, "=?") && strlen(text) <= PLAIN_TEXT_MAX;
}

static void put_header(struct text_buffer *buffer, const char *name, const char *value,
                       bool (*goes_as_it_is)(const char *))
{
    text_printf(buffer, "%s: ", name);
    if (goes_as_it_is(value))
        text_put_text(buffer, value);
    else
        put_encoded_words(buffer, value, strlen(name) + 2);
    text_put_text(buffer, "\r\n");
}

static void put_quoted(struct text_buffer *buffer, const char *text)
{
    text_put_char(buffer, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            text_put_char(buffer, '\\');
        text_put_char(buffer, *text);
    }
    text_put_char(buffer, '"');
}

static void put_mailbox(struct text_buffer *buffer, const char *header,
                        const struct mailbox *mailbox)
{
    text_printf(buffer, "%s: ", header);
    if (mailbox->name && *mailbox->name) {
        if (is_plain(mailbox->name))
            put_quoted(buffer, mailbox->name);
        else
            put_encoded_words(buffer, mailbox->name, strlen(header) + 2);
        text_put_text(buffer, "\r\n ");
    }
    text_printf(buffer, "<%s>\r\n", mailbox->address);
}

/* RFC 5322 section 3.3, in UTC. */
static void put_date(struct text_buffer *buffer, int64_t date_ms)
{
    static const char weekdays[][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int32_t day = time_day(date_ms);
    struct civil civil = day_to_civil(day);
    int second = (int)((date_ms - (int64_t)day * DAY_MS) / 1000);
    text_printf(buffer, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n", weekdays[day_weekday(day)],
                civil.day, months[civil.month - 1], civil.year, second / 3600, second / 60 % 60,
                second % 60);
}

/* RFC 2231 where the name is not ASCII. */
static void put_file_name(struct text_buffer *buffer, const char *name)
{
    if (is_ascii(name)) {
        text_put_text(buffer, "filename=");
        put_quoted(buffer, name);
        return;
    }
    text_put_text(buffer, "filename*=UTF-8''");
    for (; *name; name++) {
        if (is_letter_or_digit(*name) || *name == '.' || *name == '-')
            text_put_char(buffer, *name);
        else
            text_printf(buffer, "%%%02X", (unsigned char)*name);
    }
}

/* ---- bodies -------------------------------------------------------------------------------- */

/* The bytes of a line's end at text: 0, 1 or 2. */
static size_t line_end(const char *text)
{
    return *text == '\n' ? 1 : text[0] == '\r' && text[1] == '\n' ? 2 : 0;
}

static bool is_literal(const char *text)
{
    if (*text == ' ' || *text == '\t')
        return text[1] && line_end(text + 1) == 0;
    return *text > ' ' && *text < 0x7f && *text != '=';
}

/* Quoted-printable: lines end in CRLF, none is longer than LINE_WIDTH. */
static void put_text(struct text_buffer *buffer, const char *text)
{
    size_t column = 0;
    while (*text) {
        size_t end = line_end(text);
        size_t width = end > 0 ? 0 : is_literal(text) ? 1 : 3;
        if (column + width >= LINE_WIDTH) {
            text_put_text(buffer, "=\r\n");
            column = 0;
        }
        if (end > 0)
            text_put_text(buffer, "\r\n");
        else if (width == 1)
            text_put_char(buffer, *text);
        else
            text_printf(buffer, "=%02X", (unsigned char)*text);
        column = end > 0 ? 0 : column + width;
        text += end > 0 ? end : 1;
    }
    if (column > 0)
        text_put_text(buffer, "\r\n");
}

static void put_text_part(struct text_buffer *buffer, const char *text)
{
    text_put_text(buffer, "Content-Type: text/plain; charset=utf-8\r\n"
                          "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
    put_text(buffer, text);
}

static void put_attachment(struct text_buffer *buffer, const struct mail_attachment *attachment)
{
    bool is_text = strncasecmp(attachment->type, "text/", 5) == 0;
    text_printf(buffer, "Content-Type: %s%s\r\n", attachment->type,
                is_text ? "; charset=utf-8" : "");
    text_put_text(buffer, "Content-Transfer-Encoding: base64\r\n"
                          "Content-Disposition: attachment;\r\n ");
    put_file_name(buffer, attachment->name);
    text_put_text(buffer, "\r\n\r\n");
    const char *bytes = attachment->bytes;
    for (size_t at = 0; at < attachment->size; at += BYTES_OF_A_LINE) {
        size_t rest = attachment->size - at;
        char line[BASE64_SIZE(BYTES_OF_A_LINE)];
        base64_encode(bytes + at, rest < BYTES_OF_A_LINE ? rest : BYTES_OF_A_LINE, line);
        text_put_text(buffer, line);
        text_put_text(buffer, "\r\n");
    }
}

static void put_parts(struct text_buffer *buffer, const struct mail *mail)
{
    text_printf(buffer, "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s\r\n", boundary,
                boundary);
    put_text_part(buffer, mail->text);
    for (size_t i = 0; i < mail->attachment_count; i++) {
        text_printf(buffer, "\r\n--%s\r\n", boundary);
        put_attachment(buffer, &mail->attachments[i]);
    }
    text_printf(buffer, "\r\n--%s--\r\n", boundary);
}

enum error message_compose(const struct mailbox *from, const struct mail *mail, struct arena *arena,
                           const char **bytes, size_t *size, struct fault *fault)
{
    enum error error = check_mail(from, mail, fault);
    if (error)
        return error;
    if (encoded_size(mail) > MAIL_LIMIT)
        return refuse(fault, ERROR_TOO_LARGE, "attachments", "a mail has at most %d MiB",
                      MAIL_LIMIT / MIB);
    struct text_buffer buffer = text_buffer_in(arena);
    put_date(&buffer, mail->date_ms);
    put_mailbox(&buffer, "From", from);
    put_mailbox(&buffer, "To", &mail->to);
    text_printf(&buffer, "Message-ID: <%s>\r\n", mail->message_id);
    put_header(&buffer, "Subject", mail->subject, is_plain);
    for (size_t i = 0; i < mail->header_count; i++)
        put_header(&buffer, mail->headers[i].name, mail->headers[i].value, is_ascii);
    text_put_text(&buffer, "MIME-Version: 1.0\r\n");
    if (mail->attachment_count > 0)
        put_parts(&buffer, mail);
    else
        put_text_part(&buffer, mail->text);
    *bytes = buffer.bytes;
    *size = buffer.size;
    return OK;
}
