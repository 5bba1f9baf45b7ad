#include "action/paper_render.h"

#include <string.h>

#include "action/paper_snapshot.h"
#include "base/day.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/must.h"

struct paper_kind {
    const struct shape *shape;
    size_t company_offset; /* of the pointer to the company in the paper's struct */
    size_t leaf_offset;
    enum error (*render)(struct arena *arena, const void *paper, const struct paper_extras *extras,
                         struct document_bytes *pdf, struct fault *fault);
    struct list (*certificates)(struct arena *arena, const void *paper); /* or NULL */
};

#define PAPER(type, render_, certificates_)                                                        \
    {                                                                                              \
        &type##_shape, offsetof(struct type, company), offsetof(struct type, leaf), render_,       \
            certificates_                                                                          \
    }

static const struct paper_kind kinds[] = {
    [DOCUMENT_CONTRACT] = PAPER(contract_paper, contract_paper_render, NULL),
    [DOCUMENT_CONTRACT_SIGNED] = PAPER(contract_paper, contract_paper_render, NULL),
    [DOCUMENT_CERTIFICATE] = PAPER(certificate_paper, certificate_paper_render, NULL),
    [DOCUMENT_CHANGE_ORDER] = PAPER(change_paper, change_paper_render, NULL),
    [DOCUMENT_CHANGE_ORDER_SIGNED] = PAPER(change_paper, change_paper_render, NULL),
    [DOCUMENT_INVOICE] = PAPER(invoice_paper, invoice_paper_render, invoice_paper_certificates),
    [DOCUMENT_STATUS_REPORT] = PAPER(report_paper, report_paper_render, NULL),
};

enum error paper_thaw(struct arena *arena, const struct document_row *document, void **paper,
                      struct fault *fault)
{
    const struct shape *shape = kinds[document->kind].shape;
    json_t *object;
    struct fault why = {0};
    *paper = arena_alloc(arena, shape->size);
    enum error error =
        json_parse_object(document->snapshot, strlen(document->snapshot), &object, &why);
    if (!error) {
        error = json_read_shape(arena, shape, object, *paper, &why);
        json_decref(object);
    }
    if (error)
        return refuse(fault, ERROR_INTERNAL, why.field, "a stored snapshot cannot be read: %s",
                      why.detail);
    return OK;
}

enum error paper_needs_of(struct arena *arena, const struct document_row *document,
                          struct paper_needs *needs, struct fault *fault)
{
    const struct paper_kind *kind = &kinds[document->kind];
    void *paper;
    enum error error = paper_thaw(arena, document, &paper, fault);
    if (error)
        return error;
    const struct company *company =
        *(struct company *const *)((const char *)paper + kind->company_offset);
    needs->leaf = *(const int64_t *)((const char *)paper + kind->leaf_offset);
    needs->logo_hash = company->logo_hash;
    needs->company_slug = company->slug;
    needs->certificates = kind->certificates ? kind->certificates(arena, paper) : (struct list){0};
    return OK;
}

enum error paper_render(struct arena *arena, const struct document_row *document,
                        const struct paper_extras *extras, struct document_bytes *pdf,
                        struct fault *fault)
{
    void *paper;
    enum error error = paper_thaw(arena, document, &paper, fault);
    return error ? error : kinds[document->kind].render(arena, paper, extras, pdf, fault);
}

/* ---- parts --------------------------------------------------------------------------------- */

struct wording paper_wording(struct arena *arena, const struct company *company,
                             const struct client *client)
{
    return (struct wording){arena, language_of(client_locale(client, company))};
}

const char *paper_say(const struct wording *wording, struct saying saying)
{
    return say(wording->arena, wording->language, &saying);
}

struct document_setting paper_setting(const struct company *company, const struct client *client,
                                      int64_t made_at_ms, const struct paper_extras *extras)
{
    return (struct document_setting){
        .paper = company->paper,
        .language = language_tag(language_of(client_locale(client, company))),
        .logo_png = extras->logo.bytes,
        .logo_size = extras->logo.size,
        .made_at_ms = made_at_ms,
        .attachments = extras->attachments.rows,
        .attachment_count = extras->attachments.count,
    };
}

struct document_party paper_agency(const struct company *company)
{
    return (struct document_party){
        .name = company->legal_name,
        .address = company->address,
        .country = company->country,
        .tax_id = company->tax_id,
        .email = company->email,
        .phone = company->phone,
    };
}

struct document_party paper_client(const struct client *client)
{
    return (struct document_party){
        .name = client->legal_name ? client->legal_name : client->name,
        .address = client->address,
        .country = client->country,
        .tax_id = client->tax_id,
        .email = client->billing_email,
    };
}

struct document_evidence paper_evidence(int64_t leaf, const struct paper_extras *extras)
{
    return (struct document_evidence){
        .log_origin = extras->log_origin,
        .leaf_index = leaf,
        .checkpoint = extras->checkpoint,
    };
}

const char *paper_join(struct arena *arena, const struct texts *texts)
{
    struct text_buffer text = text_buffer_in(arena);
    for (size_t i = 0; i < texts->count; i++)
        text_printf(&text, "%s%s", i > 0 ? ", " : "", texts->texts[i]);
    return text.bytes;
}

const char *paper_hex(struct arena *arena, struct hash hash)
{
    static const struct hash none;
    if (hash_equal(hash, none))
        return NULL;
    return hash_to_hex(hash, arena_alloc(arena, HASH_HEX_SIZE));
}
