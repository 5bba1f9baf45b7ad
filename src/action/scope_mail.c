#include "action/scope_mail.h"

#include "action/mail_parts.h"
#include "base/must.h"

/* ---- requirements -------------------------------------------------------------------------- */

enum error mail_requirements_sent(struct call *call, const struct engagement *engagement,
                                  const struct list *approvers, struct fault *fault)
{
    struct arena *arena = call->arena;
    const struct saying title = said_text(engagement->title);
    const struct mail_text mail = {
        SAY(arena, WORD_MAIL_REQUIREMENTS_SENT_SUBJECT, title),
        SAY(arena, WORD_MAIL_REQUIREMENTS_SENT, title,
            said_text(mail_requirements_link(call, engagement->id))),
    };
    return mail_post(call, approvers, engagement->id, &mail, fault);
}

enum error mail_requirements_confirmed(struct call *call, const struct engagement *engagement,
                                       const struct requirement_confirmation *confirmation,
                                       struct fault *fault)
{
    struct arena *arena = call->arena;
    const struct saying title = said_text(engagement->title);
    const struct mail_text mail = {
        SAY(arena, WORD_MAIL_REQUIREMENTS_CONFIRMED_SUBJECT, title),
        SAY(arena, WORD_MAIL_REQUIREMENTS_CONFIRMED, said_text(call->actor.name), title,
            said_number(confirmation->requirement_count),
            mail_link_to(call, "engagements", engagement->id)),
    };
    return mail_staff(call, USER_SALES, engagement->id, &mail, fault);
}

/* ---- comments ------------------------------------------------------------------------------ */

enum error mail_comment_added(struct call *call, const struct engagement *engagement,
                              const struct comment *comment, struct saying about, const char *link,
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
    struct arena *arena = call->arena;
    const struct saying title = said_text(engagement->title);
    const struct mail_text mail = {
        SAY(arena, WORD_MAIL_COMMENT_SUBJECT, about, title),
        SAY(arena, WORD_MAIL_COMMENT, said_text(comment->author_name), about, title,
            said_quote(comment->text), said_text(link)),
    };
    return mail_post(call, &listeners, comment->id, &mail, fault);
}

/* ---- proposals ----------------------------------------------------------------------------- */

static enum error post_to_approvers(struct call *call, const struct engagement *engagement,
                                    const struct proposal *proposal, const struct mail_text *mail,
                                    struct fault *fault)
{
    struct list approvers;
    enum error error = list_role_recipients(&call->store, engagement->client_id, CONTACT_APPROVER,
                                            &approvers, fault);
    return error ? error : mail_post(call, &approvers, proposal->id, mail, fault);
}

enum error mail_proposal_sent(struct call *call, const struct engagement *engagement,
                              const struct proposal *proposal, struct fault *fault)
{
    struct arena *arena = call->arena;
    const struct saying title = said_text(engagement->title);
    const struct mail_text mail = {
        SAY(arena, WORD_MAIL_PROPOSAL_SUBJECT, title),
        SAY(arena, WORD_MAIL_PROPOSAL, title, said_number(proposal->revision),
            said_number((int64_t)proposal->plan->milestones.count),
            said_money(proposal->total_minor, proposal->currency),
            said_day(proposal->valid_until_day), mail_link_to(call, "proposals", proposal->id)),
    };
    return post_to_approvers(call, engagement, proposal, &mail, fault);
}

enum error mail_proposal_withdrawn(struct call *call, const struct engagement *engagement,
                                   const struct proposal *proposal, struct fault *fault)
{
    struct arena *arena = call->arena;
    const struct saying title = said_text(engagement->title);
    const struct mail_text mail = {
        SAY(arena, WORD_MAIL_PROPOSAL_WITHDRAWN_SUBJECT, title),
        SAY(arena, WORD_MAIL_PROPOSAL_WITHDRAWN, title, said_number(proposal->revision)),
    };
    return post_to_approvers(call, engagement, proposal, &mail, fault);
}

enum error mail_acceptance_recorded(struct call *call, const struct engagement *engagement,
                                    const struct proposal *proposal, struct fault *fault)
{
    struct arena *arena = call->arena;
    const struct saying title = said_text(engagement->title);
    const struct mail_text mail = {
        SAY(arena, WORD_MAIL_PROPOSAL_RECORDED_SUBJECT, title),
        SAY(arena, WORD_MAIL_PROPOSAL_RECORDED, title, said_number(proposal->revision),
            said_text(call->actor.name), said_quote(proposal->proof),
            mail_link_to(call, "proposals", proposal->id)),
    };
    return post_to_approvers(call, engagement, proposal, &mail, fault);
}

/* What happened and what to do next, by the proposal's state. */
static const struct decision_words {
    enum word subject;
    enum word text;
} decision_words[] = {
    [PROPOSAL_ACCEPTED] = {WORD_MAIL_PROPOSAL_ACCEPTED_SUBJECT, WORD_MAIL_PROPOSAL_ACCEPTED},
    [PROPOSAL_DECLINED] = {WORD_MAIL_PROPOSAL_DECLINED_SUBJECT, WORD_MAIL_PROPOSAL_DECLINED},
    [PROPOSAL_CHANGE_REQUESTED] = {WORD_MAIL_PROPOSAL_RETURNED_SUBJECT,
                                   WORD_MAIL_PROPOSAL_RETURNED},
    [PROPOSAL_EXPIRED] = {WORD_MAIL_PROPOSAL_EXPIRED_SUBJECT, WORD_MAIL_PROPOSAL_EXPIRED},
};

enum error mail_proposal_decided(struct call *call, const struct engagement *engagement,
                                 const struct proposal *proposal, struct fault *fault)
{
    struct arena *arena = call->arena;
    must((size_t)proposal->state < sizeof decision_words / sizeof *decision_words);
    const struct decision_words *words = &decision_words[proposal->state];
    must(words->subject);
    const struct saying title = said_text(engagement->title);
    const struct mail_text mail = {
        SAY(arena, words->subject, title),
        SAY(arena, words->text, title, said_number(proposal->revision),
            said_quote(proposal->reason), mail_link_to(call, "proposals", proposal->id)),
    };
    return mail_staff(call, USER_SALES, proposal->id, &mail, fault);
}

/* ---- contracts ----------------------------------------------------------------------------- */

enum error mail_next_signer(struct call *call, const struct engagement *engagement,
                            const struct contract *contract, const struct list *signatures,
                            struct fault *fault)
{
    struct arena *arena = call->arena;
    struct list signers;
    const struct signature *next = signature_next(signatures);
    if (!next)
        return OK;
    enum error error = list_signer_recipients(&call->store, contract->id, &signers, fault);
    if (error)
        return error;
    struct list recipient = mail_only(&signers, next->signer_id);
    const struct saying title = said_text(engagement->title);
    const struct mail_text mail = {
        SAY(arena, WORD_MAIL_SIGN_SUBJECT, title),
        SAY(arena, WORD_MAIL_SIGN, said_text(contract->number), title,
            mail_link_to(call, "contracts", contract->id),
            mail_hash(call, contract->document_hash)),
    };
    return mail_post(call, &recipient, contract->id, &mail, fault);
}

static enum error post_to_signers(struct call *call, const struct contract *contract,
                                  const struct mail_text *mail, struct fault *fault)
{
    struct list signers;
    enum error error = list_signer_recipients(&call->store, contract->id, &signers, fault);
    return error ? error : mail_post(call, &signers, contract->id, mail, fault);
}

enum error mail_contract_signed(struct call *call, const struct engagement *engagement,
                                const struct contract *contract, struct fault *fault)
{
    struct arena *arena = call->arena;
    const struct saying title = said_text(engagement->title);
    const struct mail_text mail = {
        SAY(arena, WORD_MAIL_SIGNED_SUBJECT, title),
        SAY(arena, WORD_MAIL_SIGNED, said_text(contract->number), title,
            mail_link_to(call, "contracts", contract->id),
            mail_hash(call, contract->document_hash)),
        DOCUMENT_CONTRACT_SIGNED,
    };
    return post_to_signers(call, contract, &mail, fault);
}

enum error mail_contract_declined(struct call *call, const struct engagement *engagement,
                                  const struct contract *contract, struct fault *fault)
{
    struct arena *arena = call->arena;
    const struct saying title = said_text(engagement->title);
    const struct mail_text mail = {
        SAY(arena, WORD_MAIL_SIGNING_DECLINED_SUBJECT, title),
        SAY(arena, WORD_MAIL_SIGNING_DECLINED, said_text(contract->number), title,
            mail_link_to(call, "contracts", contract->id), said_text(call->actor.name),
            said_quote(contract->reason)),
    };
    return post_to_signers(call, contract, &mail, fault);
}

/* ---- engagements --------------------------------------------------------------------------- */

static enum error post_to_contacts(struct call *call, const struct engagement *engagement,
                                   const struct mail_text *mail, struct fault *fault)
{
    struct list contacts;
    enum error error =
        list_contact_recipients(&call->store, engagement->client_id, &contacts, fault);
    return error ? error : mail_post(call, &contacts, engagement->id, mail, fault);
}

enum error mail_kickoff(struct call *call, const struct engagement *engagement, struct fault *fault)
{
    struct arena *arena = call->arena;
    const struct saying title = said_text(engagement->title);
    const struct mail_text mail = {
        SAY(arena, WORD_MAIL_KICKOFF_SUBJECT, title),
        SAY(arena, WORD_MAIL_KICKOFF, title, mail_link_to(call, "engagements", engagement->id),
            said_quote(engagement->kickoff_note), said_day(engagement->kickoff_day)),
    };
    return post_to_contacts(call, engagement, &mail, fault);
}

static const struct state_words {
    enum word subject;
    enum word text;
} state_words[] = {
    [ENGAGEMENT_ACTIVE] = {WORD_MAIL_RESUMED_SUBJECT, WORD_MAIL_RESUMED},
    [ENGAGEMENT_SUSPENDED] = {WORD_MAIL_SUSPENDED_SUBJECT, WORD_MAIL_SUSPENDED},
    [ENGAGEMENT_COMPLETED] = {WORD_MAIL_COMPLETED_SUBJECT, WORD_MAIL_COMPLETED},
    [ENGAGEMENT_TERMINATED] = {WORD_MAIL_TERMINATED_SUBJECT, WORD_MAIL_TERMINATED},
};

static struct mail_text state_text(struct call *call, const struct engagement *engagement,
                                   const char *reason)
{
    must((size_t)engagement->state < sizeof state_words / sizeof *state_words);
    const struct state_words *words = &state_words[engagement->state];
    must(words->subject);
    const struct saying title = said_text(engagement->title);
    return (struct mail_text){
        SAY(call->arena, words->subject, title),
        SAY(call->arena, words->text, title, mail_link_to(call, "engagements", engagement->id),
            said_quote(reason)),
    };
}

enum error mail_engagement_state(struct call *call, const struct engagement *engagement,
                                 const char *reason, struct fault *fault)
{
    const struct mail_text mail = state_text(call, engagement, reason);
    return post_to_contacts(call, engagement, &mail, fault);
}

enum error mail_completed(struct call *call, const struct engagement *engagement,
                          struct fault *fault)
{
    const struct mail_text mail = state_text(call, engagement, NULL);
    return mail_staff(call, USER_DELIVERY, engagement->id, &mail, fault);
}
