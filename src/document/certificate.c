#include "document/certificate.h"

#include "base/currency.h"
#include "base/day.h"
#include "document/finish.h"
#include "document/part.h"
#include "document/table.h"
#include "words/show.h"

enum {
    GUTTER = POINTS(24),
    BANNER_PAD = POINTS(14),
    BANNER_EDGE = POINTS(3),
};

struct sheet {
    struct flow *flow;
    const struct printed_certificate *certificate;
};

static const char *say(const struct sheet *sheet, enum word which)
{
    return word(sheet->flow->language, which);
}

static const char *moment(const struct sheet *sheet, int64_t time_ms)
{
    return show_moment(sheet->flow->arena, sheet->flow->language, time_ms);
}

/* Who accepted when, or which clock ran out when. */
static const char *manner_of_acceptance(const struct sheet *sheet)
{
    const struct printed_certificate *certificate = sheet->certificate;
    const struct printed_acceptance *acceptance = &certificate->acceptance;
    struct arena *arena = sheet->flow->arena;
    if (certificate->outcome == PRINTED_DEEMED_ACCEPTED)
        return certificate->clock
                   ? phrase(arena, sheet->flow->language, WORD_DEEMED_ON,
                            moment(sheet, certificate->clock->deadline_ms), NULL, NULL)
                   : NULL;
    if (!acceptance->name)
        return NULL;
    return phrase(arena, sheet->flow->language, WORD_ACCEPTED_BY_ON, acceptance->name,
                  moment(sheet, acceptance->accepted_at_ms), NULL);
}

/* The one thing that the reader wants to know. */
static void put_banner(const struct sheet *sheet)
{
    static const enum word outcomes[] = {
        [PRINTED_ACCEPTED] = WORD_ACCEPTED,
        [PRINTED_ACCEPTED_IN_PART] = WORD_PARTLY_ACCEPTED,
        [PRINTED_ACCEPTED_WITH_RESERVATIONS] = WORD_ACCEPTED_WITH_RESERVATIONS,
        [PRINTED_DEEMED_ACCEPTED] = WORD_DEEMED_ACCEPTED,
    };
    const struct printed_certificate *certificate = sheet->certificate;
    struct flow *flow = sheet->flow;
    struct row *row = flow_row_new(flow);
    row->fill = TONE_WASH;
    row->left = (struct edge){TONE_ACCENT, BANNER_EDGE};
    row->pad_above = POINTS(10);
    row->pad_below = POINTS(11);
    row->space_below = POINTS(16);
    int width = flow->width - 2 * BANNER_PAD;
    const char *sum = NULL;
    if (certificate->currency)
        sum = show_money(flow->arena, flow->language, certificate->accepted_minor,
                         certificate->currency);
    struct cell *right = row_cell(row, BANNER_PAD, width, ALIGN_END);
    flow_text(flow, row, right, STYLE_GRAND, sum);
    flow_text(flow, row, right, STYLE_LABEL, sum ? say(sheet, WORD_ACCEPTED_SUM) : NULL);
    int taken = sum ? cell_natural_width(right) + GUTTER : 0;
    struct cell *left = row_cell(row, BANNER_PAD, width - taken, ALIGN_START);
    flow_text(flow, row, left, STYLE_GRAND, say(sheet, outcomes[certificate->outcome]));
    flow_text(flow, row, left, STYLE_BODY, manner_of_acceptance(sheet));
    flow_row(flow, row);
}

static void put_parties(const struct sheet *sheet)
{
    struct flow *flow = sheet->flow;
    int half = (flow->width - GUTTER) / 2;
    struct row *row = flow_row_new(flow);
    row->space_below = POINTS(12);
    part_party(flow, row, row_cell(row, 0, half, ALIGN_START), say(sheet, WORD_CLIENT),
               &sheet->certificate->client);
    part_party(flow, row, row_cell(row, half + GUTTER, half, ALIGN_START), say(sheet, WORD_AGENCY),
               &sheet->certificate->agency);
    flow_row(flow, row);
}

static const char *reduction_of(const struct sheet *sheet)
{
    const struct printed_certificate *certificate = sheet->certificate;
    struct arena *arena = sheet->flow->arena;
    const struct language *language = sheet->flow->language;
    if (certificate->reduction_minor == 0 || !certificate->currency)
        return NULL;
    return phrase(arena, language, WORD_REDUCED,
                  show_money(arena, language,
                             certificate->accepted_minor + certificate->reduction_minor,
                             certificate->currency),
                  show_money(arena, language, certificate->reduction_minor, certificate->currency),
                  certificate->reduction_reason);
}

static void put_facts(const struct sheet *sheet)
{
    const struct printed_certificate *certificate = sheet->certificate;
    struct flow *flow = sheet->flow;
    const char *round = certificate->submission_round > 0
                            ? arena_format(flow->arena, "%d", certificate->submission_round)
                            : NULL;
    part_term(flow, say(sheet, WORD_ENGAGEMENT), certificate->engagement);
    part_term(flow, say(sheet, WORD_CONTRACT), certificate->contract_reference);
    part_term(flow, say(sheet, WORD_SUBMISSION_ROUND), round);
    part_term(flow, say(sheet, WORD_SUBMITTED), moment(sheet, certificate->submitted_at_ms));
    part_term(flow, say(sheet, WORD_REDUCTION), reduction_of(sheet));
}

static void put_criteria(const struct sheet *sheet)
{
    static const struct column columns[] = {
        {WORD_NUMBER, ALIGN_START},
        {WORD_CRITERION, ALIGN_START, .takes_rest = true},
        {WORD_DECISION, ALIGN_START},
    };
    static const struct {
        enum style style;
        enum word word;
    } decisions[] = {
        [PRINTED_UNDECIDED] = {STYLE_BODY, WORD_UNDECIDED},
        [PRINTED_MET] = {STYLE_MARK, WORD_MET},
        [PRINTED_NOT_MET] = {STYLE_STRONG, WORD_NOT_MET},
        [PRINTED_WAIVED] = {STYLE_BODY, WORD_WAIVED},
    };
    const struct printed_certificate *certificate = sheet->certificate;
    if (certificate->criterion_count == 0)
        return;
    part_heading(sheet->flow, say(sheet, WORD_CRITERIA));
    struct table *table = table_new(sheet->flow, columns, 3);
    for (size_t i = 0; i < certificate->criterion_count; i++) {
        const struct printed_criterion *criterion = &certificate->criteria[i];
        table_row(table);
        table_text(table, 0, STYLE_MARK, criterion->number);
        table_text(table, 1, STYLE_BODY, criterion->text);
        table_text(table, 1, STYLE_SMALL, criterion->note);
        if (criterion->carried_to)
            table_text(table, 1, STYLE_SMALL,
                       phrase(sheet->flow->arena, sheet->flow->language, WORD_CARRIED_TO,
                              criterion->carried_to, NULL, NULL));
        table_text(table, 2, decisions[criterion->decision].style,
                   say(sheet, decisions[criterion->decision].word));
    }
    table_end(table, false);
}

static void put_deliverables(const struct sheet *sheet)
{
    static const struct column columns[] = {{WORD_NONE, ALIGN_START, .takes_rest = true}};
    const struct printed_certificate *certificate = sheet->certificate;
    struct flow *flow = sheet->flow;
    if (certificate->deliverable_count == 0)
        return;
    part_heading(flow, say(sheet, WORD_DELIVERABLES));
    struct table *table = table_new(flow, columns, 1);
    for (size_t i = 0; i < certificate->deliverable_count; i++) {
        const struct printed_deliverable *deliverable = &certificate->deliverables[i];
        table_row(table);
        table_text(table, 0, STYLE_STRONG, deliverable->name);
        table_text(table, 0, STYLE_SMALL, deliverable->link);
        if (deliverable->sha256 && *deliverable->sha256)
            table_text(
                table, 0, STYLE_HASH,
                phrase(flow->arena, flow->language, WORD_SHA_256, deliverable->sha256, NULL, NULL));
    }
    table_end(table, false);
}

static void put_acceptance(const struct sheet *sheet)
{
    const struct printed_acceptance *acceptance = &sheet->certificate->acceptance;
    struct flow *flow = sheet->flow;
    if (!acceptance->name || !*acceptance->name)
        return;
    part_heading(flow, say(sheet, WORD_ACCEPTANCE));
    part_term(flow, say(sheet, WORD_ACCEPTED_BY), acceptance->name);
    part_term(flow, say(sheet, WORD_ROLE), acceptance->role);
    part_term(flow, say(sheet, WORD_METHOD), part_method(flow, acceptance->method));
    part_term(flow, say(sheet, WORD_TIME), moment(sheet, acceptance->accepted_at_ms));
}

static void put_approvals(const struct sheet *sheet)
{
    static const struct column columns[] = {
        {WORD_APPROVED_BY, ALIGN_START, .takes_rest = true},
        {WORD_METHOD, ALIGN_START},
        {WORD_TIME, ALIGN_START},
    };
    const struct printed_certificate *certificate = sheet->certificate;
    if (certificate->approval_count == 0)
        return;
    part_heading(sheet->flow, say(sheet, WORD_APPROVALS));
    struct table *table = table_new(sheet->flow, columns, 3);
    for (size_t i = 0; i < certificate->approval_count; i++) {
        const struct printed_approval *approval = &certificate->approvals[i];
        table_row(table);
        table_text(table, 0, STYLE_BODY, approval->person.name);
        table_text(table, 0, STYLE_SMALL, approval->reservations);
        table_text(table, 1, STYLE_BODY, part_method(sheet->flow, approval->person.method));
        table_text(table, 2, STYLE_BODY, moment(sheet, approval->person.accepted_at_ms));
    }
    table_end(table, false);
}

static void put_notices(const struct sheet *sheet, const struct printed_clock *clock)
{
    static const struct column columns[] = {
        {WORD_NOTICE, ALIGN_START, .takes_rest = true},
        {WORD_NOTICE_SENT_TO, ALIGN_START},
        {WORD_TIME, ALIGN_START},
    };
    if (clock->notice_count == 0)
        return;
    struct table *table = table_new(sheet->flow, columns, 3);
    for (size_t i = 0; i < clock->notice_count; i++) {
        table_row(table);
        table_text(table, 0, STYLE_BODY, clock->notices[i].text);
        table_text(table, 1, STYLE_BODY, clock->notices[i].sent_to);
        table_text(table, 2, STYLE_BODY, moment(sheet, clock->notices[i].sent_at_ms));
    }
    table_end(table, false);
}

static void put_clock(const struct sheet *sheet)
{
    const struct printed_clock *clock = sheet->certificate->clock;
    struct flow *flow = sheet->flow;
    if (!clock)
        return;
    part_heading(flow, say(sheet, WORD_CLOCK));
    part_term(flow, say(sheet, WORD_CLOCK_RULE), clock->rule);
    part_term(flow, say(sheet, WORD_CLOCK_STARTED), moment(sheet, clock->started_at_ms));
    part_term(flow, say(sheet, WORD_CLOCK_DEADLINE), moment(sheet, clock->deadline_ms));
    put_notices(sheet, clock);
}

static void put_reservations(const struct sheet *sheet)
{
    const char *reservations = sheet->certificate->reservations;
    if (!reservations || !*reservations)
        return;
    part_heading(sheet->flow, say(sheet, WORD_RESERVATIONS));
    part_prose(sheet->flow, STYLE_BODY, reservations);
}

static void put_defects(const struct sheet *sheet)
{
    static const struct column columns[] = {
        {WORD_NUMBER, ALIGN_START},
        {WORD_DEFECT, ALIGN_START, .takes_rest = true},
        {WORD_SEVERITY, ALIGN_START},
        {WORD_CORRECT_BY, ALIGN_START},
    };
    static const enum word severities[] = {
        [SEVERITY_NONE] = WORD_NONE,
        [SEVERITY_MINOR] = WORD_SEVERITY_MINOR,
        [SEVERITY_MAJOR] = WORD_SEVERITY_MAJOR,
        [SEVERITY_CRITICAL] = WORD_SEVERITY_CRITICAL,
    };
    const struct printed_certificate *certificate = sheet->certificate;
    struct flow *flow = sheet->flow;
    if (certificate->defect_count == 0)
        return;
    part_heading(flow, say(sheet, WORD_OPEN_DEFECTS));
    part_prose(flow, STYLE_SMALL, say(sheet, WORD_OPEN_DEFECTS_STATEMENT));
    struct table *table = table_new(flow, columns, 4);
    for (size_t i = 0; i < certificate->defect_count; i++) {
        const struct printed_defect *defect = &certificate->defects[i];
        table_row(table);
        table_text(table, 0, STYLE_MARK, defect->criterion);
        table_text(table, 1, STYLE_BODY, defect->text);
        table_text(table, 2, STYLE_BODY, say(sheet, severities[defect->severity]));
        if (defect->correct_by_day != DAY_NONE)
            table_text(table, 3, STYLE_BODY,
                       show_day(flow->arena, flow->language, defect->correct_by_day));
    }
    table_end(table, false);
}

static enum error compose(const struct sheet *sheet, const char *kind, struct fault *fault)
{
    const struct printed_certificate *certificate = sheet->certificate;
    const char *const title[] = {certificate->milestone_number, certificate->milestone_title};
    enum error error =
        part_letterhead(sheet->flow, &certificate->setting, &certificate->agency, fault);
    if (error)
        return error;
    part_title(sheet->flow, kind, part_joined(sheet->flow->arena, title, 2), NULL);
    put_banner(sheet);
    put_parties(sheet);
    put_facts(sheet);
    put_criteria(sheet);
    put_deliverables(sheet);
    put_acceptance(sheet);
    put_approvals(sheet);
    put_clock(sheet);
    put_reservations(sheet);
    put_defects(sheet);
    part_evidence(sheet->flow, &certificate->evidence);
    return OK;
}

enum error print_certificate(struct arena *arena, const struct printed_certificate *certificate,
                             struct document_bytes *out, struct fault *fault)
{
    if (certificate->currency && !currency_find(certificate->currency))
        return refuse(fault, ERROR_INVALID, "currency", "the currency is not known");
    struct flow *flow = flow_new(&certificate->setting, certificate->agency.country);
    struct sheet sheet = {flow, certificate};
    const char *kind = phrase(flow->arena, flow->language, WORD_TITLED,
                              say(&sheet, WORD_CERTIFICATE), certificate->number, NULL);
    enum error error = compose(&sheet, kind, fault);
    if (!error) {
        struct finish finish = {
            .title = kind,
            .about = certificate->engagement,
            .sender = certificate->agency.name,
            .foot = finish_foot(flow, &certificate->agency),
        };
        error = finish_document(arena, flow, &certificate->setting, &finish, out, fault);
    }
    flow_free(flow);
    return error;
}
