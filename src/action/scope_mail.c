#include "action/scope_mail.h"

#include "action/mail_parts.h"
#include "base/day.h"
#include "base/money.h"
#include "base/must.h"
#include "store/recipient.h"

/* ---- requirements -------------------------------------------------------------------------- */

enum error mail_requirements_sent(struct call *call, const struct engagement *engagement,
                                  const struct list *approvers, struct fault *fault)
{
    const char *text = arena_format(
        call->arena,
        "the requirements of \"%s\" are written down. Please read them, ask where something is\n"
        "unclear or missing, and confirm them once they say what you need:\n\n"
        "    %s\n\n"
        "Nothing is priced before, and nothing is agreed by it yet.\n",
        engagement->title, mail_requirements_link(call, engagement->id));
    return mail_post(
        call, approvers, engagement->id,
        arena_format(call->arena, "Please confirm the requirements: %s", engagement->title), text,
        fault);
}

enum error mail_requirements_confirmed(struct call *call, const struct engagement *engagement,
                                       const struct requirement_confirmation *confirmation,
                                       struct fault *fault)
{
    struct list staff;
    enum error error = list_staff_recipients(&call->store, USER_SALES, &staff, fault);
    if (error)
        return error;
    const char *text = arena_format(
        call->arena,
        "%s confirmed the %lld requirements of \"%s\" as they stand.\n\n"
        "They can be priced now. A change of any of them asks for a new confirmation.\n\n"
        "    %s\n",
        call->actor.name, (long long)confirmation->requirement_count, engagement->title,
        mail_link(call, "engagements", engagement->id));
    return mail_post(call, &staff, engagement->id,
                     arena_format(call->arena, "Requirements confirmed: %s", engagement->title),
                     text, fault);
}

/* ---- comments ------------------------------------------------------------------------------ */

enum error mail_comment_added(struct call *call, const struct engagement *engagement,
                              const struct comment *comment, const char *about, const char *link,
                              enum user_role staff, struct fault *fault)
{
    struct list listeners;
    enum error error =
        comment->author_kind == ACTOR_CONTACT
            ? list_staff_recipients(&call->store, staff, &listeners, fault)
            : list_listening_recipients(&call->store, engagement->client_id, engagement->id,
                                        comment->subject_id, &listeners, fault);
    if (error)
        return error;
    const char *text = arena_format(call->arena,
                                    "%s says about %s of \"%s\":\n\n"
                                    "%s"
                                    "Read on and answer:\n\n"
                                    "    %s\n",
                                    comment->author_name, about, engagement->title,
                                    mail_quote(call, comment->text), link);
    return mail_post(call, &listeners, comment->id,
                     arena_format(call->arena, "Comment on %s: %s", about, engagement->title), text,
                     fault);
}

/* ---- proposals ----------------------------------------------------------------------------- */

static enum error post_to_approvers(struct call *call, const struct engagement *engagement,
                                    const struct proposal *proposal, const char *subject,
                                    const char *text, struct fault *fault)
{
    struct list approvers;
    enum error error =
        list_approver_recipients(&call->store, engagement->client_id, &approvers, fault);
    return error ? error : mail_post(call, &approvers, proposal->id, subject, text, fault);
}

enum error mail_proposal_sent(struct call *call, const struct engagement *engagement,
                              const struct proposal *proposal, struct fault *fault)
{
    char total[MONEY_TEXT_SIZE];
    const char *text = arena_format(
        call->arena,
        "here is our proposal for \"%s\", revision %lld: %zu milestone%s for %s %s net.\n"
        "It is valid until %s.\n\n"
        "Please read it and accept it, ask for changes, or decline it:\n\n"
        "    %s\n",
        engagement->title, (long long)proposal->revision, proposal->plan->milestones.count,
        proposal->plan->milestones.count == 1 ? "" : "s",
        money_format(proposal->total_minor, proposal->currency, total), proposal->currency,
        mail_day(call, proposal->valid_until_day), mail_link(call, "proposals", proposal->id));
    return post_to_approvers(call, engagement, proposal,
                             arena_format(call->arena, "Our proposal: %s", engagement->title), text,
                             fault);
}

enum error mail_proposal_withdrawn(struct call *call, const struct engagement *engagement,
                                   const struct proposal *proposal, struct fault *fault)
{
    const char *text =
        arena_format(call->arena,
                     "we have withdrawn revision %lld of our proposal for \"%s\".\n\n"
                     "There is nothing that you need to do.\n",
                     (long long)proposal->revision, engagement->title);
    return post_to_approvers(call, engagement, proposal,
                             arena_format(call->arena, "Withdrawn: %s", engagement->title), text,
                             fault);
}

enum error mail_acceptance_recorded(struct call *call, const struct engagement *engagement,
                                    const struct proposal *proposal, struct fault *fault)
{
    const char *text =
        arena_format(call->arena,
                     "%s has recorded that you accepted revision %lld of our proposal for \"%s\", "
                     "because of:\n\n"
                     "%s"
                     "If that is not so, please tell us at once. The next step is the contract.\n\n"
                     "    %s\n",
                     call->actor.name, (long long)proposal->revision, engagement->title,
                     mail_quote(call, proposal->proof), mail_link(call, "proposals", proposal->id));
    return post_to_approvers(call, engagement, proposal,
                             arena_format(call->arena, "Accepted: %s", engagement->title), text,
                             fault);
}

/* What happened and what to do next, by the proposal's state. */
static const struct decision_words {
    const char *subject;
    const char *happened;
    const char *next;
} decision_words[] = {
    [PROPOSAL_ACCEPTED] = {"Accepted", "was accepted", "Draw up the contract from it:"},
    [PROPOSAL_DECLINED] = {"Declined", "was declined, with these words:",
                           "A further revision can still be offered:"},
    [PROPOSAL_CHANGE_REQUESTED] = {"Change requested", "was sent back, with these words:",
                                   "Revise it and send the next revision:"},
    [PROPOSAL_EXPIRED] = {"Expired", "has expired without an answer",
                          "Revise it to offer it again:"},
};

enum error mail_proposal_decided(struct call *call, const struct engagement *engagement,
                                 const struct proposal *proposal, struct fault *fault)
{
    struct list staff;
    must((size_t)proposal->state < sizeof decision_words / sizeof *decision_words);
    const struct decision_words *words = &decision_words[proposal->state];
    must(words->subject);
    enum error error = list_staff_recipients(&call->store, USER_SALES, &staff, fault);
    if (error)
        return error;
    const char *text =
        arena_format(call->arena, "revision %lld of the proposal for \"%s\" %s\n\n%s%s\n\n    %s\n",
                     (long long)proposal->revision, engagement->title, words->happened,
                     mail_quote(call, proposal->reason), words->next,
                     mail_link(call, "proposals", proposal->id));
    return mail_post(call, &staff, proposal->id,
                     arena_format(call->arena, "%s: %s", words->subject, engagement->title), text,
                     fault);
}

/* ---- contracts ----------------------------------------------------------------------------- */

enum error mail_next_signer(struct call *call, const struct engagement *engagement,
                            const struct contract *contract, const struct list *signatures,
                            struct fault *fault)
{
    char hash[HASH_HEX_SIZE];
    struct list signers;
    const struct signature *next = signature_next(signatures);
    if (!next)
        return OK;
    enum error error = list_signer_recipients(&call->store, contract->id, &signers, fault);
    if (error)
        return error;
    struct list recipient = mail_only(&signers, next->signer_id);
    const char *text = arena_format(
        call->arena,
        "contract %s for \"%s\" waits for your signature. Please read the whole of "
        "it, and sign it\n"
        "or decline it:\n\n"
        "    %s\n\n"
        "Its SHA-256, which your signature will name:\n\n"
        "    %s\n",
        contract->number, engagement->title, mail_link(call, "contracts", contract->id),
        hash_to_hex(contract->document_hash, hash));
    return mail_post(call, &recipient, contract->id,
                     arena_format(call->arena, "Please sign: %s", engagement->title), text, fault);
}

static enum error post_to_signers(struct call *call, const struct contract *contract,
                                  const char *subject, const char *text, struct fault *fault)
{
    struct list signers;
    enum error error = list_signer_recipients(&call->store, contract->id, &signers, fault);
    return error ? error : mail_post(call, &signers, contract->id, subject, text, fault);
}

enum error mail_contract_signed(struct call *call, const struct engagement *engagement,
                                const struct contract *contract, struct fault *fault)
{
    char hash[HASH_HEX_SIZE];
    const char *text = arena_format(call->arena,
                                    "contract %s for \"%s\" is signed by all and in force.\n\n"
                                    "Your copy, with every signature, is here; please keep it:\n\n"
                                    "    %s\n\n"
                                    "SHA-256 of the document that was signed:\n\n"
                                    "    %s\n",
                                    contract->number, engagement->title,
                                    mail_link(call, "contracts", contract->id),
                                    hash_to_hex(contract->document_hash, hash));
    return post_to_signers(call, contract,
                           arena_format(call->arena, "Signed by all: %s", engagement->title), text,
                           fault);
}

enum error mail_contract_declined(struct call *call, const struct engagement *engagement,
                                  const struct contract *contract, struct fault *fault)
{
    const char *text = arena_format(
        call->arena,
        "%s declined to sign contract %s for \"%s\", with these words:\n\n"
        "%s"
        "The contract is void, and so is every signature on it. The next step is a "
        "new proposal.\n\n"
        "    %s\n",
        call->actor.name, contract->number, engagement->title, mail_quote(call, contract->reason),
        mail_link(call, "contracts", contract->id));
    return post_to_signers(
        call, contract, arena_format(call->arena, "Declined: %s", engagement->title), text, fault);
}

/* ---- engagements --------------------------------------------------------------------------- */

static enum error post_to_contacts(struct call *call, const struct engagement *engagement,
                                   const char *subject, const char *text, struct fault *fault)
{
    struct list contacts;
    enum error error =
        list_contact_recipients(&call->store, engagement->client_id, &contacts, fault);
    return error ? error : mail_post(call, &contacts, engagement->id, subject, text, fault);
}

enum error mail_kickoff(struct call *call, const struct engagement *engagement, struct fault *fault)
{
    const char *text = arena_format(call->arena,
                                    "work on \"%s\" begins with the kickoff on %s.\n\n"
                                    "%s"
                                    "Its milestones, and what comes when:\n\n"
                                    "    %s\n",
                                    engagement->title, mail_day(call, engagement->kickoff_day),
                                    mail_quote(call, engagement->kickoff_note),
                                    mail_link(call, "engagements", engagement->id));
    return post_to_contacts(
        call, engagement, arena_format(call->arena, "Kickoff: %s", engagement->title), text, fault);
}

static const struct state_words {
    const char *subject;
    const char *happened;
} state_words[] = {
    [ENGAGEMENT_ACTIVE] = {"Resumed", "goes on"},
    [ENGAGEMENT_SUSPENDED] = {"Suspended", "is suspended"},
    [ENGAGEMENT_COMPLETED] = {"Completed", "is completed. Thank you for working with us"},
    [ENGAGEMENT_TERMINATED] = {"Terminated", "is terminated"},
};

enum error mail_engagement_state(struct call *call, const struct engagement *engagement,
                                 const char *reason, struct fault *fault)
{
    must((size_t)engagement->state < sizeof state_words / sizeof *state_words);
    const struct state_words *words = &state_words[engagement->state];
    must(words->subject);
    const char *text =
        arena_format(call->arena, "\"%s\" %s.\n\n%s    %s\n", engagement->title, words->happened,
                     mail_quote(call, reason), mail_link(call, "engagements", engagement->id));
    return post_to_contacts(call, engagement,
                            arena_format(call->arena, "%s: %s", words->subject, engagement->title),
                            text, fault);
}
