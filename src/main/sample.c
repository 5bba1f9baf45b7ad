#include "main/sample.h"

#include <stdio.h>
#include <string.h>

#include "action/company.h"
#include "action/perform.h"
#include "base/day.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "main/found.h"
#include "main/play.h"
#include "main/sample_scenes.h"
#include "main/sample_where.h"
#include "main/timed.h"
#include "platform/file.h"
#include "platform/random.h"
#include "store/person.h"

enum { PASSWORD_BYTES = 12 };

static const char owner_email[] = "project.manager@truetandem.example";
static const char approver_email[] = "contracting.officer@18f.example";

/* ---- the agency and its password ----------------------------------------------------------- */

static const char *password_path(const struct house *house, struct arena *arena)
{
    return arena_format(arena, "%s/sample-password", house->config->data);
}

static enum error make_password(const struct house *house, struct arena *arena,
                                const char **password, struct fault *fault)
{
    uint8_t bytes[PASSWORD_BYTES];
    struct text_buffer text = text_buffer_in(arena);
    random_bytes(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        text_printf(&text, "%02x%s", bytes[i], i % 4 == 3 && i + 1 < sizeof bytes ? "-" : "");
    *password = text.bytes;
    return file_write(password_path(house, arena), text.bytes, text.size, 0600, fault);
}

static enum error found_agency(struct house *house, struct arena *arena, int64_t *number,
                               struct fault *fault)
{
    struct create_company in = {
        .company = {.slug = SAMPLE_COMPANY,
                    .name = "TrueTandem",
                    .country = "US",
                    .time_zone = "America/New_York",
                    .currency = "USD",
                    .is_sample = true},
        .owner_name = "Project Manager",
        .owner_email = owner_email,
    };
    struct company company;
    enum error error = make_password(house, arena, &in.owner_password, fault);
    if (!error)
        error = found_company(house, arena, &in, &company, number, fault);
    return error;
}

static enum error find_sample(struct house *house, struct arena *arena, int64_t *number,
                              bool *found, struct fault *fault)
{
    struct call call = call_by(&house->app, arena, 0, ACTOR_OPERATOR);
    struct company_entry entry = {0};
    call.store.session = readers_take(house->readers);
    enum error error = db_begin(call.store.session, fault);
    if (!error)
        error = find_company(&call.store, SAMPLE_COMPANY, &entry, found, fault);
    db_rollback(call.store.session);
    readers_put(house->readers, call.store.session);
    *number = entry.number;
    return error;
}

static enum error print_where(struct server *server, struct arena *arena, int64_t number,
                              struct fault *fault)
{
    char *password;
    size_t size;
    enum error error = file_read(arena, password_path(server_house(server), arena),
                                 SHORT_TEXT_LIMIT, &password, &size, fault);
    const struct sample_people people = {owner_email, password, approver_email};
    return error ? error : sample_print_where(server, arena, number, &people, fault);
}

/* ---- the play ------------------------------------------------------------------------------ */

static enum error play_all(struct server *server, struct arena *arena, int64_t *number,
                           struct fault *fault)
{
    struct house *house = server_house(server);
    struct play play = {.house = house, .arena = arena, .fault = fault};
    json_error_t why;
    json_t *sample = json_loadb(sample_json, sample_json_size, JSON_REJECT_DUPLICATES, &why);
    must(sample);
    play_at(&play, "2016-05-16", 13);
    if (!play.error)
        play.error = found_agency(house, arena, number, fault);
    play.company = *number;
    play.client = api_client_new(arena_format(arena, "http://%s", server_address(server)));
    if (!play.error)
        sample_scenes(&play, sample, owner_email, approver_email, password_path(house, arena));
    while (!play.error && timed_deliver(house, OUTBOX_MAIL) > 0)
        continue; /* of those days */
    clock_release(&house->clock);
    api_client_free(play.client);
    json_decref(sample);
    return play.error;
}

enum error sample_play(struct server *server, struct fault *fault)
{
    struct arena *arena = arena_new();
    int64_t number = 0;
    bool found = false;
    enum error error = find_sample(server_house(server), arena, &number, &found, fault);
    if (!error && !found)
        error = play_all(server, arena, &number, fault);
    if (!error)
        error = print_where(server, arena, number, fault);
    arena_free(arena);
    return error;
}
