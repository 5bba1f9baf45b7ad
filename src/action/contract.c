#include "action/contract.h"

#include "action/check.h"
#include "action/company.h"
#include "action/numbering.h"
#include "action/paper.h"
#include "action/scope_mail.h"
#include "base/limits.h"
#include "core/contract_document.h"
#include "core/contract_terms.h"
#include "core/proposal.h"
#include "core/user.h"
#include "store/contract.h"
#include "store/proposal.h"
#include "store/requirement.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_contracts),
    FIELD(struct list_contracts, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_contracts, state, CHOICE, .flags = FROM_QUERY,
          .choices = &contract_state_choices),
};
static const struct shape list_shape = SHAPE("list_contracts", struct list_contracts, list_fields);

static const struct shape page_shape = PAGE_SHAPE("contract_page", contract_shape);

static const struct listing contracts = {
    .shape = &contract_shape,
    .sorts = (const char *const[]){"created_at", NULL},
};

static enum error list_contracts(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct list_contracts *in = input;
    struct page *page = output;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    if (!error)
        error = store_page(&call->store, &contracts, &list_shape, in, page, fault);
    for (size_t i = 0; !error && i < page->items.count; i++) {
        struct contract *contract = LIST_AT(struct contract, page->items, i);
        error = list_signatures(&call->store, contract->id, &contract->signatures, fault);
    }
    return error;
}

const struct operation list_contracts_operation = {
    .name = "list_contracts",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_contracts,
};

static const struct shape contract_subject_shape = SUBJECT_SHAPE(contract_id);

static enum error show_contract(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct subject *in = input;
    struct contract *contract = output;
    enum error error = load_row(call, &contract_shape, in->id, contract, fault);
    return error ? error
                 : list_signatures(&call->store, contract->id, &contract->signatures, fault);
}

const struct operation show_contract_operation = {
    .name = "show_contract",
    .permission = PERMIT_READ,
    .in = &contract_subject_shape,
    .out = &contract_shape,
    .run = show_contract,
};

static const struct field text_fields[] = {
    FIELD(struct contract_text, number, TEXT),
    FIELD(struct contract_text, document_hash, HASH),
    FIELD(struct contract_text, document, TEXT, .limit = DOCUMENT_LIMIT),
};
static const struct shape text_shape = SHAPE("contract_text", struct contract_text, text_fields);

static enum error show_contract_text(struct call *call, const void *input, void *output,
                                     struct fault *fault)
{
    const struct subject *in = input;
    struct contract contract;
    enum error error = load_row(call, &contract_shape, in->id, &contract, fault);
    if (error)
        return error;
    if (!contract.document)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "a draft has no text to sign yet");
    *(struct contract_text *)output =
        (struct contract_text){contract.number, contract.document_hash, contract.document};
    return OK;
}

const struct operation show_contract_text_operation = {
    .name = "show_contract_text",
    .permission = PERMIT_READ,
    .in = &contract_subject_shape,
    .out = &text_shape,
    .run = show_contract_text,
};

/* ---- drawing up ---------------------------------------------------------------------------- */

static const struct shape create_shape = SUBJECT_SHAPE(engagement_id);

static enum error check_no_contract(struct call *call, struct id engagement_id, struct fault *fault)
{
    struct contract standing;
    bool found;
    enum error error =
        find_standing_contract(&call->store, engagement_id, &standing, &found, fault);
    if (!error && found)
        return refuse(fault, ERROR_CONFLICT, "engagement_id", "it has a contract, which is %s",
                      choice_name(&contract_state_choices, (int)standing.state));
    return error;
}

static enum error create_contract(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct subject *in = input;
    struct contract *contract = output;
    struct engagement engagement;
    struct proposal proposal;
    bool found;
    enum error error = load_row(call, &engagement_shape, in->id, &engagement, fault);
    if (!error)
        error = find_accepted_proposal(&call->store, in->id, &proposal, &found, fault);
    if (error)
        return error;
    if (!found)
        return refuse(fault, ERROR_WRONG_STATE, "state", "no proposal has been accepted");
    error = contract_draft(contract, &engagement, &proposal, fault);
    if (!error)
        error = check_no_contract(call, in->id, fault);
    if (error)
        return error;
    contract->id = call_id(call);
    contract->created_at = call->now_ms;
    happened(call, "contract.drafted", contract->id, contract->engagement_id);
    return insert_row(call, &contract_shape, contract, fault);
}

const struct operation create_contract_operation = {
    .name = "create_contract",
    .permission = PERMIT_WRITE_CONTRACT,
    .writes = true,
    .in = &create_shape,
    .out = &contract_shape,
    .run = create_contract,
};

static const struct field change_fields[] = {
    ID_FROM_PATH(struct change_contract, contract_id),
    FIELD(struct change_contract, terms, OBJECT, .flags = REQUIRED, .shape = &contract_terms_shape),
};
static const struct shape change_shape =
    SHAPE("change_contract", struct change_contract, change_fields);

static enum error change_contract(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct change_contract *in = input;
    struct contract *contract = output;
    enum error error = check_time_zone("terms/time_zone", in->terms->time_zone, fault);
    if (!error)
        error = load_subject(call, &contract_shape, in->id, contract, fault);
    if (error)
        return error;
    struct plan *plan = arena_copy(call->arena, contract->plan, sizeof *plan);
    plan->terms = in->terms;
    contract_terms_complete(plan->terms);
    error = contract_edit(contract, plan, fault);
    if (error)
        return error;
    happened(call, "contract.changed", contract->id, contract->engagement_id);
    return save_row(call, &contract_shape, contract, fault);
}

const struct operation change_contract_operation = {
    .name = "change_contract",
    .permission = PERMIT_WRITE_CONTRACT,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &contract_shape,
    .run = change_contract,
};

/* ---- who signs ----------------------------------------------------------------------------- */

static const struct field signer_fields[] = {
    FIELD(struct signer, side, CHOICE, .flags = REQUIRED, .choices = &side_choices),
    FIELD(struct signer, signer_id, ID, .flags = REQUIRED),
    FIELD(struct signer, role, TEXT),
};
const struct shape signer_shape = SHAPE("signer", struct signer, signer_fields);

static const struct field send_fields[] = {
    ID_FROM_PATH(struct send_contract, contract_id),
    FIELD(struct send_contract, signers, LIST, .flags = REQUIRED, .limit = SIGNERS_LIMIT,
          .shape = &signer_shape),
};
static const struct shape send_shape = SHAPE("send_contract", struct send_contract, send_fields);

static enum error refuse_signer(struct call *call, size_t place, struct fault *fault)
{
    return refuse(fault, ERROR_INVALID, arena_format(call->arena, "signers/%zu/signer_id", place),
                  "nobody of that side who may sign has this id");
}

static enum error name_user(struct call *call, const struct signer *signer, size_t place,
                            struct signature *signature, struct fault *fault)
{
    struct user user;
    enum error error = load_row(call, &user_shape, signer->signer_id, &user, fault);
    if (error && error != ERROR_NOT_FOUND)
        return error;
    if (error || user.disabled_at != 0 || !(user_role_bit(user.role) & policy_roles(PERMIT_SIGN)))
        return refuse_signer(call, place, fault);
    signature->signer_kind = ACTOR_USER;
    signature->name = user.name;
    signature->role = signer->role;
    return OK;
}

static enum error name_contact(struct call *call, const struct signer *signer, size_t place,
                               struct id client_id, struct signature *signature,
                               struct fault *fault)
{
    struct contact contact;
    enum error error = load_row(call, &contact_shape, signer->signer_id, &contact, fault);
    if (error && error != ERROR_NOT_FOUND)
        return error;
    if (error || !id_equal(contact.client_id, client_id) || contact_check_active(&contact, NULL) ||
        !(contact_role_bit(contact.role) & policy_roles(PERMIT_SIGN)))
        return refuse_signer(call, place, fault);
    signature->signer_kind = ACTOR_CONTACT;
    signature->name = contact.name;
    signature->role = signer->role ? signer->role : contact.title;
    return OK;
}

enum error name_signers(struct call *call, const struct list *signers, struct id client_id,
                        const struct signature *blank, struct list *signatures, struct fault *fault)
{
    struct signature *rows = arena_array(call->arena, signers->count, sizeof *rows);
    enum error error = OK;
    *signatures = (struct list){rows, signers->count};
    for (size_t i = 0; !error && i < signers->count; i++) {
        const struct signer *signer = LIST_AT(struct signer, *signers, i);
        rows[i] = *blank;
        rows[i].id = call_id(call);
        rows[i].sequence = (int64_t)i + 1;
        rows[i].side = signer->side;
        rows[i].signer_id = signer->signer_id;
        rows[i].state = SIGNATURE_PENDING;
        error = signer->side == SIDE_AGENCY
                    ? name_user(call, signer, i, &rows[i], fault)
                    : name_contact(call, signer, i, client_id, &rows[i], fault);
    }
    return error;
}

/* ---- sending it out ------------------------------------------------------------------------ */

enum error load_contract_setting(struct call *call, struct id engagement_id,
                                 struct contract_setting *setting, struct fault *fault)
{
    enum error error =
        load_row(call, &engagement_shape, engagement_id, &setting->engagement, fault);
    if (!error)
        error =
            load_row(call, &client_shape, setting->engagement.client_id, &setting->client, fault);
    if (!error)
        error = load_company(call, &setting->company, fault);
    if (!error)
        error = list_requirements_of(&call->store, engagement_id, &setting->requirements, fault);
    return error;
}

struct list current_requirements(struct call *call, const struct list *all)
{
    struct requirement *rows = arena_array(call->arena, all->count, sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        const struct requirement *requirement = LIST_AT(struct requirement, *all, i);
        if (requirement->state == REQUIREMENT_CURRENT)
            rows[count++] = *requirement;
    }
    return (struct list){rows, count};
}

enum error keep_contract(struct call *call, const struct contract *contract,
                         struct contract_setting *setting, struct list signatures,
                         struct fault *fault)
{
    struct contract alone = *contract;
    alone.signatures = (struct list){0};
    struct contract_paper paper = {
        .company = &setting->company,
        .client = &setting->client,
        .engagement = &setting->engagement,
        .contract = &alone,
        .requirements = current_requirements(call, &setting->requirements),
        .signatures = signatures,
    };
    return keep_contract_paper(call, &paper, fault);
}

static enum error save_sent(struct call *call, struct contract *contract,
                            struct contract_setting *setting, struct list *signatures,
                            struct fault *fault)
{
    happened(call, "contract.sent", contract->id, contract->engagement_id);
    enum error error = save_row(call, &contract_shape, contract, fault);
    for (size_t i = 0; !error && i < signatures->count; i++)
        error =
            insert_row(call, &signature_shape, LIST_AT(struct signature, *signatures, i), fault);
    if (!error)
        error = keep_contract(call, contract, setting, (struct list){0}, fault);
    if (!error)
        error = mail_next_signer(call, &setting->engagement, contract, signatures, fault);
    contract->signatures = *signatures;
    return error;
}

static enum error send_contract(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct send_contract *in = input;
    struct contract *contract = output;
    struct contract_setting setting;
    struct list signatures;
    const char *number;
    enum error error = load_subject(call, &contract_shape, in->id, contract, fault);
    if (!error)
        error = load_contract_setting(call, contract->engagement_id, &setting, fault);
    if (!error)
        error = name_signers(call, &in->signers, setting.client.id,
                             &(struct signature){.contract_id = contract->id,
                                                 .engagement_id = contract->engagement_id},
                             &signatures, fault);
    if (error)
        return error;
    struct contract_basis basis = {&setting.company, &setting.client, &setting.engagement,
                                   &setting.requirements};
    error = contract_check_send(call->arena, contract, &basis, &signatures, fault);
    if (!error)
        error = give_number(call, &setting.company, SERIES_CONTRACT,
                            call_today(call, setting.company.time_zone), &number, fault);
    if (!error)
        error =
            contract_send(call->arena, contract, &basis, &signatures, number, call->now_ms, fault);
    return error ? error : save_sent(call, contract, &setting, &signatures, fault);
}

const struct operation send_contract_operation = {
    .name = "send_contract",
    .permission = PERMIT_WRITE_CONTRACT,
    .writes = true,
    .in = &send_shape,
    .out = &contract_shape,
    .run = send_contract,
};
