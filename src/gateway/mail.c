#include "gateway/mail.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "base/day.h"
#include "base/email.h"
#include "base/must.h"
#include "platform/file.h"

enum {
    REPLY_LIMIT = 1000,     /* bytes of a server's answer that are kept */
    REPLY_CLOSING = 221,    /* the answer to QUIT */
    TEXT_OFFSET = 4,        /* in a line of a reply */
    SPOOL_FILE_MODE = 0600, /* mails carry sign-in links */
};

/* ---- settings ------------------------------------------------------------------------------ */

static bool url_part_is(CURLU *url, CURLUPart part, const char *wanted)
{
    char *found = NULL;
    bool same = curl_url_get(url, part, &found, 0) == CURLUE_OK && strcmp(found, wanted) == 0;
    curl_free(found);
    return same;
}

static bool has_url_part(CURLU *url, CURLUPart part)
{
    char *found = NULL;
    bool has = curl_url_get(url, part, &found, 0) == CURLUE_OK;
    curl_free(found);
    return has;
}

static enum error check_url(const struct mail_server *server, CURLU *url, struct fault *fault)
{
    if (curl_url_set(url, CURLUPART_URL, server->url, 0) != CURLUE_OK)
        return refuse(fault, ERROR_INVALID, "url", "this is no address");
    bool encrypted = url_part_is(url, CURLUPART_SCHEME, "smtps");
    if (!encrypted && !url_part_is(url, CURLUPART_SCHEME, "smtp"))
        return refuse(fault, ERROR_INVALID, "url", "the address begins with smtp:// or smtps://");
    if (has_url_part(url, CURLUPART_USER) || has_url_part(url, CURLUPART_PASSWORD))
        return refuse(fault, ERROR_INVALID, "url", "user and password have their own settings");
    if (server->user && !encrypted && server->tls != MAIL_TLS_REQUIRED)
        return refuse(fault, ERROR_INVALID, "user",
                      "a password needs smtps:// or required STARTTLS");
    return OK;
}

enum error mail_check_server(const struct mail_server *server, struct fault *fault)
{
    if (!server->user != !server->password)
        return refuse(fault, ERROR_INVALID, "user", "user and password go together");
    if (!email_is_valid(server->from.address))
        return refuse(fault, ERROR_INVALID, "from", "the sender is no mail address");
    if (server->timeout_ms <= 0)
        return refuse(fault, ERROR_INVALID, "timeout_ms", "the time-out is more than 0");
    CURLU *url = curl_url();
    must(url);
    enum error error = check_url(server, url, fault);
    curl_url_cleanup(url);
    return error;
}

/* ---- one conversation ---------------------------------------------------------------------- */

/* What the callbacks of one conversation see and remember. */
struct conversation {
    const char *unsent;
    size_t unsent_size;
    int status; /* of the newest reply but the one to QUIT */
    char reply[REPLY_LIMIT];
    size_t reply_size;
    bool reply_continues;
};

static size_t give_message(char *into, size_t one, size_t room, void *context)
{
    struct conversation *conversation = context;
    size_t size = one * room < conversation->unsent_size ? one * room : conversation->unsent_size;
    memcpy(into, conversation->unsent, size);
    conversation->unsent += size;
    conversation->unsent_size -= size;
    return size;
}

/* The number that a line of a reply begins with, or 0. */
static int status_of(const char *line, size_t size)
{
    char digits[4] = "";
    if (size >= sizeof digits)
        memcpy(digits, line, sizeof digits - 1);
    return atoi(digits);
}

/* One line of a reply: "250-text" if more lines follow, "250 text" if not. */
static size_t take_reply(char *line, size_t one, size_t line_size, void *context)
{
    struct conversation *conversation = context;
    size_t size = one * line_size;
    int status = status_of(line, size);
    if (status == 0 || status == REPLY_CLOSING)
        return size;
    size_t used = conversation->reply_continues ? conversation->reply_size : 0;
    size_t text_size = size - TEXT_OFFSET;
    size_t room = sizeof conversation->reply - used;
    memcpy(conversation->reply + used, line + TEXT_OFFSET, text_size < room ? text_size : room);
    conversation->reply_size = used + (text_size < room ? text_size : room);
    conversation->reply_continues = line[TEXT_OFFSET - 1] == '-';
    conversation->status = status;
    return size;
}

static void set_up_security(CURL *curl, const struct mail_server *server)
{
    static const long use_ssl[] = {
        [MAIL_TLS_REQUIRED] = CURLUSESSL_ALL,
        [MAIL_TLS_IF_OFFERED] = CURLUSESSL_TRY,
        [MAIL_TLS_NEVER] = CURLUSESSL_NONE,
    };
    curl_easy_setopt(curl, CURLOPT_USE_SSL, use_ssl[server->tls]);
    if (server->ca_file)
        curl_easy_setopt(curl, CURLOPT_CAINFO, server->ca_file);
    if (server->user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password);
    }
}

static void set_up(CURL *curl, const struct mail_server *server, struct conversation *conversation)
{
    curl_easy_setopt(curl, CURLOPT_URL, server->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)server->timeout_ms);
    /* The end of a mail, and the farewell that libcurl still says after it, know this limit alone.
     */
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (server->timeout_ms + 999L) / 1000);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, server->from.address);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)conversation->unsent_size);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_message);
    curl_easy_setopt(curl, CURLOPT_READDATA, conversation);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_reply);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, conversation);
    set_up_security(curl, server);
}

/* Replies that our settings earned, not this mail: RFC 4954 section 6. */
static bool is_about_settings(int status)
{
    return status == 530 || status == 534 || status == 535 || status == 538;
}

/* Whether the server refused this very mail for good: one of MAIL, RCPT and DATA, or what came
 * after the whole message. A refusal of the greeting, of EHLO or of the sign-in says nothing of it.
 */
static bool is_refused_for_good(CURLcode code, const struct conversation *conversation)
{
    bool about_this_mail = code == CURLE_SEND_ERROR ||
                           (code == CURLE_WEIRD_SERVER_REPLY && conversation->unsent_size == 0);
    return about_this_mail && conversation->status >= 500 &&
           !is_about_settings(conversation->status);
}

static struct delivery judge(CURLcode code, const char *trouble,
                             const struct conversation *conversation)
{
    int status = conversation->status;
    int size = (int)conversation->reply_size;
    if (code == CURLE_OK)
        return delivery_ended(DELIVERY_DONE, status, "%.*s", size, conversation->reply);
    if (is_refused_for_good(code, conversation))
        return delivery_ended(DELIVERY_REFUSED, status, "%.*s", size, conversation->reply);
    if (status >= 400)
        return delivery_ended(DELIVERY_RETRY, status, "%.*s", size, conversation->reply);
    return delivery_ended(DELIVERY_RETRY, 0, "%s", *trouble ? trouble : curl_easy_strerror(code));
}

static struct delivery hand_over(const struct mail_server *server, const char *recipient,
                                 const char *message, size_t size)
{
    struct conversation conversation = {.unsent = message, .unsent_size = size};
    char trouble[CURL_ERROR_SIZE] = "";
    CURL *curl = curl_easy_init();
    struct curl_slist *recipients = curl_slist_append(NULL, recipient);
    must(curl && recipients);
    set_up(curl, server, &conversation);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, trouble);
    CURLcode code = curl_easy_perform(curl);
    struct delivery delivery = judge(code, trouble, &conversation);
    curl_easy_cleanup(curl);
    curl_slist_free_all(recipients);
    return delivery;
}

struct delivery mail_send(const struct mail_server *server, const struct mail *mail)
{
    must(mail_check_server(server, NULL) == OK);
    struct fault fault = {0};
    struct arena *arena = arena_new();
    const char *message;
    size_t size;
    struct delivery delivery;
    if (message_compose(&server->from, mail, arena, &message, &size, &fault))
        delivery = delivery_ended(DELIVERY_REFUSED, 0, "%s: %s", fault.field, fault.detail);
    else
        delivery = hand_over(server, mail->to.address, message, size);
    arena_free(arena);
    return delivery;
}

/* ---- the spool ----------------------------------------------------------------------------- */

/* "DIRECTORY/2026-11-22T170134Z-id@host.eml", in arena. A Message-ID may hold a slash. */
static const char *spool_path(const char *directory, const struct mail *mail, struct arena *arena)
{
    char day[DAY_TEXT_SIZE];
    day_format(time_day(mail->date_ms), day);
    int second = (int)((mail->date_ms - (int64_t)time_day(mail->date_ms) * DAY_MS) / 1000);
    char *name = arena_format(arena, "%sT%02d%02d%02dZ-%s.eml", day, second / 3600,
                              second / 60 % 60, second % 60, mail->message_id);
    for (char *slash = strchr(name, '/'); slash; slash = strchr(slash, '/'))
        *slash = '_';
    return arena_format(arena, "%s/%s", directory, name);
}

enum error mail_spool_write(const char *directory, const struct mailbox *from,
                            const struct mail *mail, struct fault *fault)
{
    struct arena *arena = arena_new();
    const char *message;
    size_t size;
    enum error error = message_compose(from, mail, arena, &message, &size, fault);
    if (!error)
        error =
            file_write(spool_path(directory, mail, arena), message, size, SPOOL_FILE_MODE, fault);
    arena_free(arena);
    return error;
}
