/* Papers: the documents that people file. What a paper shows is frozen in the transaction that it
 * stems from, as the JSON of the rows it was made from; the PDF is made from that snapshot when it
 * is first asked for, always with the same bytes, and kept by its hash.
 *
 * Which leaf proves a paper is known when it is frozen: the one that its own transaction appends.
 * The PDF shows the checkpoint of the log just after that leaf. The last invoice of a contract
 * carries the papers of the acceptances that it bills. */
#ifndef WAYMARK_ACTION_PAPER_H
#define WAYMARK_ACTION_PAPER_H

#include "action/operation.h"
#include "core/change_effect.h"
#include "core/domain.h"
#include "core/status_report.h"

/* Each member points at a row that the caller has loaded. */
struct contract_paper {
    struct company *company;
    struct client *client;
    struct engagement *engagement;
    struct contract *contract; /* with its plan; its frozen text is left out of the snapshot */
    struct list requirements;  /* struct requirement: the current ones */
    struct list signatures;    /* struct signature; none for the copy that is to be signed */
    int64_t leaf;              /* known when it is kept */
};

struct change_paper {
    struct company *company;
    struct client *client;
    struct engagement *engagement;
    const char *contract_number;
    struct change_order *order; /* its frozen text is left out of the snapshot */
    struct change_effect *effect;
    struct list requirements; /* struct requirement: the current ones */
    struct list signatures;   /* struct signature; none for the copy that is to be signed */
    struct contract_terms *terms_before; /* as agreed until then; NULL in an older snapshot */
    int64_t leaf;
};

/* A reminder or notice that was sent while a clock ran. */
struct paper_notice {
    const char *text;
    const char *sent_to;
    int64_t sent_at;
};

struct certificate_paper {
    struct company *company;
    struct client *client;
    struct engagement *engagement;
    struct milestone *milestone;
    struct submission *submission;
    struct certificate *certificate;
    const char *contract_number;
    struct list criteria;  /* struct criterion: what the decisions are about */
    struct list notices;   /* struct paper_notice; of a deemed acceptance */
    struct list defects;   /* struct defect: those of the milestone that are unsettled */
    struct list approvals; /* struct approval, where the contract wants several */
    int64_t leaf;
};

/* Where the contract stands after an invoice; minor units of its currency. */
struct paper_position {
    const char *currency;
    int64_t sum_minor;
    int64_t changes_minor;
    int64_t reductions_minor; /* agreed, off what is accepted; none in papers from before them */
    int64_t accepted_minor;
    int64_t invoiced_minor;
    int64_t paid_minor;
};

/* What a line of an invoice for several milestones stands on. */
struct paper_work {
    const char *milestone_code;
    int64_t accepted_at;
};

struct invoice_paper {
    struct company *company;
    struct client *client;
    struct engagement *engagement;
    struct invoice *invoice; /* with its lines */
    const char *contract_number;
    const char *milestone_code; /* or NULL */
    const char *corrects;       /* of a credit note: the invoice's number */
    int64_t accepted_at;        /* of its milestone; 0 for none */
    struct list work;           /* struct paper_work for each line, of one for several */
    struct paper_position position;
    int64_t leaf;
};

struct report_paper {
    struct company *company;
    struct client *client;
    struct engagement *engagement;
    struct status_report *report;
    struct report_line *total;
    struct list lines; /* struct report_line, by milestone */
    int64_t leaf;
};

/* A paper's snapshot, all but for its leaf, which is known only in the transaction: the rest can be
 * written down before. */
struct frozen_paper {
    enum document_kind kind;
    struct id subject_id;
    struct id engagement_id;
    const char *name; /* of the file */
    const char *text;
    size_t size;
};
void freeze_certificate_paper(struct call *call, const struct certificate_paper *paper,
                              struct frozen_paper *frozen);

/* Called inside an action's body. ERROR_CONFLICT is impossible: a subject has one paper of a kind.
 */
enum error keep_frozen_paper(struct call *call, const struct frozen_paper *frozen,
                             struct fault *fault) WARN_UNUSED;

/* The same at once, when the rows are as they will be saved. */
enum error keep_contract_paper(struct call *call, const struct contract_paper *paper,
                               struct fault *fault) WARN_UNUSED;
enum error keep_change_paper(struct call *call, const struct change_paper *paper,
                             struct fault *fault) WARN_UNUSED;
enum error keep_invoice_paper(struct call *call, const struct invoice_paper *paper,
                              struct fault *fault) WARN_UNUSED;
enum error keep_report_paper(struct call *call, const struct report_paper *paper,
                             struct fault *fault) WARN_UNUSED;

/* Asks for the PDF of a subject: makes it if that has not been done. */
struct show_paper {
    struct id id; /* of the contract, certificate, invoice, report */
    enum document_kind kind;
    struct document_row document; /* read while preparing */
    struct list carried;          /* struct document_row: papers that it carries inside */
    struct hash file_hash;        /* of the PDF, which is among the files */
};
extern const struct operation show_contract_paper_operation;
extern const struct operation show_signed_contract_paper_operation;
extern const struct operation show_certificate_paper_operation;
extern const struct operation show_change_paper_operation;
extern const struct operation show_signed_change_paper_operation;
extern const struct operation show_invoice_paper_operation;
extern const struct operation show_report_paper_operation;

/* For what is mailed: of whatever kind the caller says. */
extern const struct operation take_paper_operation;

/* What these give: a file. */
struct paper_file {
    const char *name;
    struct hash hash;
};

#endif
