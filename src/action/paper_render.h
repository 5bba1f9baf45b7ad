/* From a frozen snapshot to the bytes of a PDF. Pure but for fonts; the caller has read what the
 * snapshot only names: the logo, the checkpoint, papers that are carried inside. */
#ifndef WAYMARK_ACTION_PAPER_RENDER_H
#define WAYMARK_ACTION_PAPER_RENDER_H

#include "action/paper.h"
#include "document/contract.h"
#include "document/document.h"
#include "words/saying.h"

/* What a paper shows besides its snapshot. */
struct paper_extras {
    const char *log_origin;
    const char *checkpoint;  /* of the log just after the paper's leaf */
    struct bytes logo;       /* PNG, or none */
    struct list attachments; /* struct document_attachment: files to be carried inside */
};

/* What a snapshot says about extras. */
struct paper_needs {
    int64_t leaf;
    struct hash logo_hash;
    const char *company_slug;
    struct list certificates; /* struct id: acceptances whose papers it carries */
};

/* ERROR_INTERNAL: the snapshot cannot be read. */
enum error paper_needs_of(struct arena *arena, const struct document_row *document,
                          struct paper_needs *needs, struct fault *fault) WARN_UNUSED;

/* The struct of the document's kind (action/paper.h), as it was frozen. ERROR_INTERNAL: the
 * snapshot cannot be read. */
enum error paper_thaw(struct arena *arena, const struct document_row *document, void **paper,
                      struct fault *fault) WARN_UNUSED;

/* Errors as print_invoice (document/invoice.h). */
enum error paper_render(struct arena *arena, const struct document_row *document,
                        const struct paper_extras *extras, struct document_bytes *pdf,
                        struct fault *fault) WARN_UNUSED;

/* One per kind of paper, for paper_render; each is given its thawed struct. */
enum error contract_paper_render(struct arena *arena, const void *paper,
                                 const struct paper_extras *extras, struct document_bytes *pdf,
                                 struct fault *fault) WARN_UNUSED;
enum error certificate_paper_render(struct arena *arena, const void *paper,
                                    const struct paper_extras *extras, struct document_bytes *pdf,
                                    struct fault *fault) WARN_UNUSED;
enum error change_paper_render(struct arena *arena, const void *paper,
                               const struct paper_extras *extras, struct document_bytes *pdf,
                               struct fault *fault) WARN_UNUSED;
enum error invoice_paper_render(struct arena *arena, const void *paper,
                                const struct paper_extras *extras, struct document_bytes *pdf,
                                struct fault *fault) WARN_UNUSED;
enum error report_paper_render(struct arena *arena, const void *paper,
                               const struct paper_extras *extras, struct document_bytes *pdf,
                               struct fault *fault) WARN_UNUSED;

/* Struct id, without a repetition: the acceptances that the lines of a contract's last invoice
 * stand on. None of an invoice after which something is left to invoice. */
struct list invoice_paper_certificates(struct arena *arena, const void *paper);

/* In which words a paper for the client is written. */
struct wording {
    struct arena *arena;
    const struct language *language;
};
struct wording paper_wording(struct arena *arena, const struct company *company,
                             const struct client *client);
const char *paper_say(const struct wording *wording, struct saying saying);

/* Parts that all of them have. */
struct document_setting paper_setting(const struct company *company, const struct client *client,
                                      int64_t made_at_ms, const struct paper_extras *extras);
struct document_party paper_agency(const struct company *company);
struct document_party paper_client(const struct client *client);
struct document_evidence paper_evidence(int64_t leaf, const struct paper_extras *extras);

/* Shared by papers that are signed. */
enum { PAPER_TERMS_MAX = 14 };
/* All terms, always in the same order; "" for what the contract does not say. paper_terms: those
 * that it says. */
void paper_all_terms(const struct wording *wording, const struct plan *plan,
                     struct document_fact facts[static PAPER_TERMS_MAX]);
size_t paper_terms(const struct wording *wording, const struct plan *plan,
                   struct document_fact facts[static PAPER_TERMS_MAX]);
struct printed_signature *paper_signatures(struct arena *arena, const struct list *signatures);
struct printed_milestone *paper_milestones(const struct wording *wording, const struct plan *plan,
                                           const struct list *requirements);

/* "2016-06-22 to 2016-06-30"-like texts and list joins are the documents' own business; codes
 * joined by commas are ours. */
const char *paper_join(struct arena *arena, const struct texts *texts);
const char *paper_hex(struct arena *arena, struct hash hash); /* NULL for none */

#endif
