#include "document/finish.h"

#include "document/archive.h"
#include "document/part.h"

enum error finish_document(struct arena *arena, struct flow *flow,
                           const struct document_setting *setting, const struct finish *finish,
                           struct document_bytes *out, struct fault *fault)
{
    struct margins margins = {finish->title, finish->about, finish->foot};
    struct text_buffer pdf = text_buffer_in(flow->arena);
    enum error error = flow_write(flow, &margins, &pdf, fault);
    if (error)
        return error;
    struct archive_facts facts = {
        .title = finish->title,
        .author = finish->sender ? finish->sender : "",
        .language = language_tag(flow->language),
        .made_at_ms = setting->made_at_ms,
        .attachments = setting->attachments,
        .attachment_count = setting->attachment_count,
    };
    out->page_count = pages_count(flow->pages);
    return archive_pdf(arena, &pdf, &facts, out, fault);
}

const char *finish_foot(struct flow *flow, const struct document_party *sender)
{
    const char *tax_id = sender->tax_id;
    if (tax_id && *tax_id)
        tax_id = phrase(flow->arena, flow->language, WORD_TAX_ID, tax_id, NULL, NULL);
    const char *const texts[] = {sender->name, tax_id, sender->email};
    return part_joined(flow->arena, texts, 3);
}
