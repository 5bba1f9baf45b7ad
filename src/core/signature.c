#include "core/signature.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/code.h"
#include "core/contract_document.h"
#include "core/fields.h"
#include "core/machine.h"

static const char *const signature_states[] = {
    [SIGNATURE_PENDING] = "pending",
    [SIGNATURE_SIGNED] = "signed",
    [SIGNATURE_DECLINED] = "declined",
};
static const struct choices signature_state_choices = CHOICES("signature_state", signature_states);

/* Both tables, which differ in what is signed. */
#define SIGNATURE_FIELDS(subject_id)                                                               \
    {                                                                                              \
        ID_FIELD(struct signature), VERSION_FIELD(struct signature),                               \
            FIELD(struct signature, subject_id, ID, .flags = REQUIRED | FIXED),                    \
            FIELD(struct signature, engagement_id, ID, .flags = REQUIRED | FIXED),                 \
            FIELD(struct signature, sequence, INTEGER, .flags = FIXED, .minimum = 1,               \
                  .maximum = SIGNERS_LIMIT),                                                       \
            FIELD(struct signature, side, CHOICE, .flags = REQUIRED, .choices = &side_choices),    \
            FIELD(struct signature, signer_kind, CHOICE, .flags = REQUIRED,                        \
                  .choices = &actor_kind_choices),                                                 \
            FIELD(struct signature, signer_id, ID, .flags = REQUIRED),                             \
            FIELD(struct signature, name, TEXT, .flags = REQUIRED),                                \
            FIELD(struct signature, role, TEXT, .limit = SHORT_TEXT_LIMIT),                        \
            FIELD(struct signature, state, CHOICE, .flags = REQUIRED,                              \
                  .choices = &signature_state_choices, .initial = SIGNATURE_PENDING),              \
            FIELD(struct signature, consent, TEXT, .limit = TEXT_LIMIT),                           \
            FIELD(struct signature, document_hash, HASH, OPTIONAL),                                \
            FIELD(struct signature, method, CHOICE, .choices = &method_choices),                   \
            FIELD(struct signature, address, TEXT, .flags = PERSONAL, .limit = SHORT_TEXT_LIMIT),  \
            FIELD(struct signature, user_agent, TEXT, .flags = PERSONAL,                           \
                  .limit = SHORT_TEXT_LIMIT),                                                      \
            FIELD(struct signature, signed_at, MOMENT, OPTIONAL),                                  \
            FIELD(struct signature, reason, TEXT, .limit = TEXT_LIMIT),                            \
    }

static const struct field signature_fields[] = SIGNATURE_FIELDS(contract_id);
const struct shape signature_shape = SHAPE("signature", struct signature, signature_fields);

static const struct field change_signature_fields[] = SIGNATURE_FIELDS(change_order_id);
const struct shape change_signature_shape =
    SHAPE("change_signature", struct signature, change_signature_fields);

/* ---- states -------------------------------------------------------------------------------- */

enum signature_event { SIGNATURE_SIGN = 1, SIGNATURE_DECLINE, SIGNATURE_EVENT_COUNT };

static const char *const signature_verbs[] = {
    [SIGNATURE_SIGN] = "given",
    [SIGNATURE_DECLINE] = "declined",
};

static const unsigned char signature_steps[][SIGNATURE_EVENT_COUNT] = {
    [SIGNATURE_PENDING] =
        {
            [SIGNATURE_SIGN] = SIGNATURE_SIGNED,
            [SIGNATURE_DECLINE] = SIGNATURE_DECLINED,
        },
    [SIGNATURE_SIGNED] = {0},
    [SIGNATURE_DECLINED] = {0},
};

static const struct machine signature_machine =
    MACHINE("signature", "state", &signature_state_choices, signature_verbs, signature_steps);

static enum error step(struct signature *signature, enum signature_event event, struct fault *fault)
{
    int state = (int)signature->state;
    enum error error = machine_step(&signature_machine, &state, (int)event, fault);
    signature->state = (enum signature_state)state;
    return error;
}

/* ---- signing ------------------------------------------------------------------------------- */

static struct signature *signature_at(const struct list *signatures, size_t i)
{
    return LIST_AT(struct signature, *signatures, i);
}

static enum error find_signature(const struct list *signatures, struct id id,
                                 struct signature **found, struct fault *fault)
{
    for (size_t i = 0; i < signatures->count; i++) {
        *found = signature_at(signatures, i);
        if (id_equal((*found)->id, id))
            return OK;
    }
    return refuse(fault, ERROR_NOT_FOUND, "signature_id", "it is not one of this contract");
}

static bool has_its_hash(const struct signed_text *text)
{
    return text->document &&
           hash_equal(hash_bytes(text->document, strlen(text->document)), text->document_hash);
}

/* Only for functions that must not outlive the contract. */
static struct signed_text text_of(const struct contract *contract)
{
    return (struct signed_text){
        .label = contract->number,
        .document = contract->document,
        .document_hash = contract->document_hash,
        .sent_at = contract->sent_at,
    };
}

/* Those before have signed; *is_last tells whether nobody is left to come after. */
static enum error check_turn(const struct list *signatures, const struct signature *signature,
                             bool *is_last, struct fault *fault)
{
    *is_last = true;
    for (size_t i = 0; i < signatures->count; i++) {
        const struct signature *other = signature_at(signatures, i);
        if (other->sequence < signature->sequence && other->state != SIGNATURE_SIGNED)
            return refuse(fault, ERROR_WRONG_STATE, "sequence", "%s signs first", other->name);
        if (other != signature && other->state != SIGNATURE_SIGNED)
            *is_last = false;
    }
    return OK;
}

static enum error check_signing(const struct signed_text *text, const struct signing *signing,
                                struct fault *fault)
{
    if (!has_its_hash(text))
        return refuse(fault, ERROR_CHECK_FAILED, "document",
                      "the text of %s is not the one that was sent out", text->label);
    if (!hash_equal(signing->document_hash, text->document_hash))
        return refuse(fault, ERROR_STALE, "document_hash",
                      "this is not the hash of the document that is to be signed");
    return text_check(signing->consent, "consent", fault);
}

const struct signature *signature_next(const struct list *signatures)
{
    for (size_t i = 0; i < signatures->count; i++) {
        const struct signature *signature = LIST_AT(struct signature, *signatures, i);
        if (signature->state == SIGNATURE_PENDING)
            return signature;
    }
    return NULL;
}

enum error signature_turn(const struct list *signatures, struct id signature_id,
                          struct signature **found, struct signature *signed_one, bool *is_last,
                          struct fault *fault)
{
    enum error error = find_signature(signatures, signature_id, found, fault);
    if (error)
        return error;
    *signed_one = **found;
    error = step(signed_one, SIGNATURE_SIGN, fault);
    return error ? error : check_turn(signatures, *found, is_last, fault);
}

enum error signature_give(const struct signed_text *text, struct signature *signature,
                          const struct signing *signing, int64_t now_ms, struct fault *fault)
{
    enum error error = check_signing(text, signing, fault);
    if (error)
        return error;
    signature->document_hash = signing->document_hash;
    signature->consent = signing->consent;
    signature->method = signing->method;
    signature->address = signing->address;
    signature->user_agent = signing->user_agent;
    signature->signed_at = now_ms;
    return OK;
}

enum error contract_sign(struct contract *contract, struct list *signatures, struct id signature_id,
                         const struct signing *signing, int64_t now_ms, struct fault *fault)
{
    bool is_last;
    struct signature *signature = NULL, signed_one;
    struct contract changed = *contract;
    struct signed_text text = text_of(contract);
    enum error error =
        signature_turn(signatures, signature_id, &signature, &signed_one, &is_last, fault);
    if (!error)
        error = contract_take_signature(&changed, is_last, now_ms, fault);
    if (!error)
        error = signature_give(&text, &signed_one, signing, now_ms, fault);
    if (error)
        return error;
    *signature = signed_one;
    *contract = changed;
    return OK;
}

enum error signature_refuse(const struct list *signatures, struct id signature_id,
                            const char *reason, struct signature **found,
                            struct signature *declined, struct fault *fault)
{
    enum error error = find_signature(signatures, signature_id, found, fault);
    if (error)
        return error;
    *declined = **found;
    error = step(declined, SIGNATURE_DECLINE, fault);
    declined->reason = reason;
    return error;
}

enum error contract_decline(struct contract *contract, struct list *signatures,
                            struct id signature_id, const char *reason, int64_t now_ms,
                            struct fault *fault)
{
    struct signature *signature = NULL, declined;
    enum error error =
        signature_refuse(signatures, signature_id, reason, &signature, &declined, fault);
    if (!error)
        error = contract_take_refusal(contract, reason, now_ms, fault);
    if (!error)
        *signature = declined;
    return error;
}

/* ---- who is to sign ------------------------------------------------------------------------ */

static bool has_signer_twice(const struct list *signatures)
{
    for (size_t i = 0; i < signatures->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (id_equal(signature_at(signatures, i)->signer_id,
                         signature_at(signatures, j)->signer_id))
                return true;
        }
    }
    return false;
}

/* Each number from 1 is there once, and each side signs. */
enum error signers_check(const struct list *signatures, struct fault *fault)
{
    unsigned sides = 0;
    bool taken[SIGNERS_LIMIT + 1] = {false};
    bool good = signatures->count <= SIGNERS_LIMIT;
    for (size_t i = 0; good && i < signatures->count; i++) {
        const struct signature *signature = signature_at(signatures, i);
        int64_t place = signature->sequence;
        good = place >= 1 && place <= (int64_t)signatures->count && !taken[place] &&
               signature->state == SIGNATURE_PENDING;
        if (good)
            taken[place] = true;
        sides |= 1u << signature->side;
    }
    if (!good)
        return refuse(fault, ERROR_INVALID, "signers",
                      "signers are numbered 1, 2, and so on, at most %d", SIGNERS_LIMIT);
    if (has_signer_twice(signatures))
        return refuse(fault, ERROR_INVALID, "signers", "nobody signs twice");
    if (sides != (1u << SIDE_AGENCY | 1u << SIDE_CLIENT))
        return refuse(fault, ERROR_INVALID, "signers", "each side needs one who signs");
    return OK;
}

/* ---- proof --------------------------------------------------------------------------------- */

static bool signature_holds(const struct signed_text *text, const struct signature *signature)
{
    return hash_equal(signature->document_hash, text->document_hash) && signature->consent &&
           *signature->consent && signature->signed_at >= text->sent_at && signature->method;
}

/* That each signature holds, came after those before it in the order, and how many there are. */
enum error signatures_hold(const struct signed_text *text, const struct list *signatures,
                           size_t *signed_count, struct fault *fault)
{
    *signed_count = 0;
    if (!has_its_hash(text))
        return refuse(fault, ERROR_CHECK_FAILED, "document", "%s: the text does not have its hash",
                      text->label);
    for (size_t i = 0; i < signatures->count; i++) {
        const struct signature *signature = signature_at(signatures, i);
        if (signature->state != SIGNATURE_SIGNED)
            continue;
        bool holds = signature_holds(text, signature);
        for (size_t j = 0; j < signatures->count; j++) {
            const struct signature *other = signature_at(signatures, j);
            if (other->sequence < signature->sequence)
                holds = holds && other->state == SIGNATURE_SIGNED &&
                        other->signed_at <= signature->signed_at;
        }
        if (!holds) {
            char field[FAULT_FIELD_MAX];
            snprintf(field, sizeof field, "signatures/%zu", i);
            return refuse(fault, ERROR_CHECK_FAILED, field, "%s: the signature of %s does not hold",
                          text->label, signature->name);
        }
        ++*signed_count;
    }
    return OK;
}

/* How far the signatures may be in each state. */
enum { NONE = 1, SOME = 2, ALL = 4 };
static const unsigned char signed_in_state[] = {
    [CONTRACT_OUT_FOR_SIGNATURE] = NONE, [CONTRACT_PARTLY_SIGNED] = SOME,
    [CONTRACT_DECLINED] = NONE | SOME,   [CONTRACT_ACTIVE] = ALL,
    [CONTRACT_SUSPENDED] = ALL,          [CONTRACT_COMPLETED] = ALL,
    [CONTRACT_TERMINATED] = ALL,
};

enum error contract_signatures_hold(struct arena *arena, const struct contract *contract,
                                    const struct list *signatures, struct fault *fault)
{
    size_t count;
    bool is_draft = contract->state == CONTRACT_DRAFT;
    if (is_draft && contract->document)
        return refuse(fault, ERROR_CHECK_FAILED, "state", "a draft has a text to sign");
    if (is_draft)
        return OK;
    struct signed_text text = text_of(contract);
    text.label = arena_format(arena, "contract %s", contract->number);
    enum error error = signatures_hold(&text, signatures, &count, fault);
    if (error)
        return error;
    if (!contract_document_states_plan(arena, contract->document, contract->plan))
        return refuse(fault, ERROR_CHECK_FAILED, "plan", "%s: the plan is not the one in its text",
                      text.label);
    unsigned progress = count == 0 ? NONE : count < signatures->count ? SOME : ALL;
    bool is_active = contract->active_at != 0;
    if (!(signed_in_state[contract->state] & progress) || is_active != (progress == ALL))
        return refuse(fault, ERROR_CHECK_FAILED, "state",
                      "contract %s: %zu of %zu signatures do not fit its state", contract->number,
                      count, signatures->count);
    return OK;
}
