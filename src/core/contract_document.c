#include "core/contract_document.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "core/fields.h"
#include "core/requirement.h"
#include "core/signature.h"

static const struct field contract_party_fields[] = {
    FIELD(struct contract_party, name, TEXT, .flags = REQUIRED),
    FIELD(struct contract_party, legal_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct contract_party, address, TEXT, .limit = ADDRESS_LIMIT),
    FIELD(struct contract_party, country, TEXT, .flags = REQUIRED, .limit = COUNTRY_LIMIT),
    FIELD(struct contract_party, tax_id, TEXT, .limit = CODE_LIMIT),
};
const struct shape contract_party_shape =
    SHAPE("contract_party", struct contract_party, contract_party_fields);

static const struct field contract_signer_fields[] = {
    FIELD(struct contract_signer, sequence, INTEGER, .minimum = 1, .maximum = SIGNERS_LIMIT),
    FIELD(struct contract_signer, side, CHOICE, .flags = REQUIRED, .choices = &side_choices),
    FIELD(struct contract_signer, name, TEXT, .flags = REQUIRED),
    FIELD(struct contract_signer, role, TEXT, .limit = SHORT_TEXT_LIMIT),
};
const struct shape contract_signer_shape =
    SHAPE("contract_signer", struct contract_signer, contract_signer_fields);

static const struct field contract_document_fields[] = {
    FIELD(struct contract_document, format, TEXT, .flags = REQUIRED),
    FIELD(struct contract_document, number, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct contract_document, agency, OBJECT, .flags = REQUIRED,
          .shape = &contract_party_shape),
    FIELD(struct contract_document, client, OBJECT, .flags = REQUIRED,
          .shape = &contract_party_shape),
    FIELD(struct contract_document, title, TEXT, .flags = REQUIRED),
    FIELD(struct contract_document, reference, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct contract_document, summary, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct contract_document, requirements, LIST, .limit = LIST_LIMIT,
          .shape = &requirement_statement_shape),
    FIELD(struct contract_document, plan, OBJECT, .flags = REQUIRED, .shape = &plan_shape),
    FIELD(struct contract_document, signers, LIST, .flags = REQUIRED, .limit = SIGNERS_LIMIT,
          .shape = &contract_signer_shape),
};
static const struct shape contract_document_shape =
    SHAPE("contract_document", struct contract_document, contract_document_fields);

static int by_sequence(const void *a, const void *b)
{
    const struct contract_signer *left = a, *right = b;
    return (left->sequence > right->sequence) - (left->sequence < right->sequence);
}

struct list contract_signers(struct arena *arena, const struct list *signatures)
{
    struct contract_signer *signers = arena_array(arena, signatures->count, sizeof *signers);
    for (size_t i = 0; i < signatures->count; i++) {
        const struct signature *signature = LIST_AT(struct signature, *signatures, i);
        signers[i] = (struct contract_signer){
            .sequence = signature->sequence,
            .side = signature->side,
            .name = signature->name,
            .role = signature->role,
        };
    }
    if (signatures->count > 0)
        qsort(signers, signatures->count, sizeof *signers, by_sequence);
    return (struct list){signers, signatures->count};
}

struct contract_party contract_party_of_company(const struct company *company)
{
    return (struct contract_party){company->name, company->legal_name, company->address,
                                   company->country, company->tax_id};
}

struct contract_party contract_party_of_client(const struct client *client)
{
    return (struct contract_party){client->name, client->legal_name, client->address,
                                   client->country, client->tax_id};
}

const char *contract_document_text(struct arena *arena, const struct contract_basis *basis,
                                   const char *number, const struct plan *plan,
                                   const struct list *signatures)
{
    struct contract_party agency_party = contract_party_of_company(basis->company);
    struct contract_party client_party = contract_party_of_client(basis->client);
    struct contract_document document = {
        .format = CONTRACT_DOCUMENT_FORMAT,
        .number = number,
        .agency = &agency_party,
        .client = &client_party,
        .title = basis->engagement->title,
        .reference = basis->engagement->reference,
        .summary = basis->engagement->summary,
        .requirements = requirement_statements(arena, basis->requirements),
        .plan = (struct plan *)plan, /* only written out */
        .signers = contract_signers(arena, signatures),
    };
    struct text_buffer text = text_buffer_in(arena);
    json_write_shape(&text, &contract_document_shape, &document, JSON_CANONICAL);
    return text.bytes;
}

bool contract_document_states_plan(struct arena *arena, const char *document,
                                   const struct plan *plan)
{
    /* A quotation mark within a JSON string is escaped, so this can only be the member itself. */
    struct text_buffer text = text_buffer_in(arena);
    text_put_text(&text, "\"plan\":");
    json_write_shape(&text, &plan_shape, plan, JSON_CANONICAL);
    return strstr(document, text.bytes) != NULL;
}
