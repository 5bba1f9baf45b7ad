#include "main/sample_where.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "action/engagement.h"
#include "action/evidence_log.h"
#include "action/link.h"
#include "action/perform.h"
#include "base/text.h"
#include "main/sample.h"

/* ---- as a shell takes it ------------------------------------------------------------------- */

static const char *shell_word(struct arena *arena, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./:@%+=,";
    struct text_buffer word = text_buffer_in(arena);
    if (*text && strspn(text, plain) == strlen(text))
        return text;
    text_put_text(&word, "'");
    for (; *text; text++)
        text_printf(&word, *text == '\'' ? "'\\''" : "%c", *text);
    text_put_text(&word, "'");
    return word.bytes;
}

static bool holds_password(const char *url)
{
    const char *name = strstr(url, "://");
    const char *host = name ? strchr(name, '@') : NULL;
    return host && memchr(name + 3, ':', (size_t)(host - name - 3));
}

/* The flags by which another command works on the same data, from the same directory. A password
 * is not shown: it has to come from where this program got it. */
static const char *data_flags(struct arena *arena, const struct config *config)
{
    struct text_buffer flags = text_buffer_in(arena);
    const char *usual = arena_format(arena, "sqlite:%s/waymark.db", config->data);
    text_printf(&flags, " --data %s", shell_word(arena, config->data));
    if (strcmp(config->database, usual) != 0 && !holds_password(config->database))
        text_printf(&flags, " --database %s", shell_word(arena, config->database));
    if (strcmp(config->log_name, config_setting_initial("log_name")) != 0)
        text_printf(&flags, " --log-name %s", shell_word(arena, config->log_name));
    return flags.bytes;
}

/* ---- what the commands name ---------------------------------------------------------------- */

struct where {
    struct house *house;
    struct arena *arena;
    int64_t company;
    const char *token; /* of the approver's link */
    const char *verifier_key;
    char engagement[ID_TEXT_SIZE];
};

static enum error perform(const struct where *where, const struct operation *operation, void *in,
                          void *out, struct fault *fault)
{
    struct house *house = where->house;
    struct call call = call_by(&house->app, where->arena, where->company, ACTOR_OPERATOR);
    struct db_session *reading = readers_take(house->readers);
    enum error error = operation->writes
                           ? perform_writing(&call, house_writer(house, where->company), reading,
                                             operation, in, out, fault)
                           : perform_reading(&call, reading, operation, in, out, fault);
    readers_put(house->readers, reading);
    return error;
}

/* The engagement of the sample is its company's first. */
static enum error find_engagement(struct where *where, struct fault *fault)
{
    struct list_engagements query = {.page.limit = 1};
    struct page page;
    enum error error = perform(where, &list_engagements_operation, &query, &page, fault);
    if (error)
        return error;
    const struct engagement *played = page.items.rows;
    if (page.items.count == 0 || played->state != ENGAGEMENT_COMPLETED)
        return refuse(fault, ERROR_WRONG_STATE, NULL,
                      "the sample was interrupted before its end; play it in another data "
                      "directory, or database");
    id_format(played->id, where->engagement);
    return OK;
}

static enum error find_names(struct where *where, const char *approver_email, struct fault *fault)
{
    struct make_link_for in = {.email = approver_email};
    struct link_view link;
    struct log_view log;
    enum error error = find_engagement(where, fault);
    if (!error)
        error = perform(where, &make_link_for_operation, &in, &link, fault);
    if (!error)
        error = perform(where, &show_log_operation, NULL, &log, fault);
    if (error)
        return error;
    where->token = link.token;
    where->verifier_key = log.verifier_key;
    return OK;
}

/* ---- the commands -------------------------------------------------------------------------- */

static void print_agency(const struct where *where, const struct sample_people *people)
{
    const struct config *config = where->house->config;
    printf("\nAs the agency, in the portal\n"
           "  company %s, e-mail %s, password %s\n"
           "or with a program\n"
           "  curl -c agency.jar -H 'Content-Type: application/json' \\\n"
           "    -d '{\"company\":\"%s\",\"email\":\"%s\",\"password\":\"%s\"}' \\\n"
           "    %s/api/v1/session\n"
           "  curl -b agency.jar %s/api/v1/engagements\n"
           "  %s verify%s\n",
           SAMPLE_COMPANY, people->owner_email, people->owner_password, SAMPLE_COMPANY,
           people->owner_email, people->owner_password, config->base_url, config->base_url,
           program_invocation_name, data_flags(where->arena, config));
}

static void print_client(const struct where *where)
{
    const char *base = where->house->config->base_url;
    printf("\nAs the client, by a link that works once\n"
           "  %s/enter#%s\n"
           "or with a program\n"
           "  curl -c client.jar -H 'Content-Type: application/json' \\\n"
           "    -d '{\"token\":\"%s\"}' \\\n"
           "    %s/api/v1/session/redeem\n"
           "  curl -b client.jar %s/api/v1/invoices\n"
           "  curl -b client.jar -o evidence.json \\\n"
           "    %s/api/v1/engagements/%s/evidence\n"
           "  %s-verify evidence.json --key \\\n    %s\n",
           base, where->token, where->token, base, base, base, where->engagement,
           program_invocation_name, where->verifier_key);
}

enum error sample_print_where(struct server *server, struct arena *arena, int64_t company,
                              const struct sample_people *people, struct fault *fault)
{
    struct where where = {.house = server_house(server), .arena = arena, .company = company};
    const struct config *config = where.house->config;
    enum error error = find_names(&where, people->approver_email, fault);
    if (error)
        return error;
    printf("\nWhere to look\n"
           "  portal  %s\n"
           "  API     %s/api/v1, described by %s/api/v1/openapi.json\n"
           "  papers  %s/papers\n"
           "  mails   %s/mail\n",
           config->base_url, config->base_url, config->base_url, config->data, config->data);
    print_agency(&where, people);
    print_client(&where);
    printf("\nServing on %s; stop with Ctrl-C.\n", server_address(server));
    fflush(stdout);
    return OK;
}
