/* What all scenes of the sample share: who speaks, what has been made so far, and how time goes on.
 * Texts live as long as the play's arena. */
#ifndef WAYMARK_MAIN_SAMPLE_STAGE_H
#define WAYMARK_MAIN_SAMPLE_STAGE_H

#include "main/play.h"

enum { SAMPLE_CONTACTS = 4, SAMPLE_MAKERS = 2, SAMPLE_MONTHS = 4, SAMPLE_DAY_MINUTES = 8 * 60 };

/* Somebody of the agency who does the work. */
struct sample_maker {
    const char *id;
    const char *role; /* on the rate card */
    struct api_voice voice;
};

struct sample_bill {
    const char *reference;
    const char *total;
};

/* The engagement as it goes. */
struct scenes {
    struct play *play;
    const json_t *sample;
    struct api_voice agency;
    struct api_voice approver;
    const char *owner_email;
    const char *password;
    const char *approver_email;
    const char *client_id;
    const char *contact_ids[SAMPLE_CONTACTS]; /* the approver is the first */
    const char *owner_id;
    struct sample_maker makers[SAMPLE_MAKERS];
    const char *engagement_id;
    const char *contract_id;
    json_t *milestones; /* as the API lists them */
    struct sample_bill bills[SAMPLE_MONTHS];
};

/* "" where it is not there. */
const char *text_of(const json_t *object, const char *member);
const char *total_of(const json_t *object, const char *member); /* the amount of money */
json_t *usd(const char *amount);
/* "1 criterion", "3 criteria" */
const char *counted(const struct play *play, size_t count, const char *one, const char *many);

/* The agency signs in. */
void enter_agency(struct scenes *scenes);

/* Goes on at a later moment, an hour (UTC) of a day: sessions have ended by then, so both sides
 * enter anew. */
void later(struct scenes *scenes, const char *day, int hour);

/* Reads the milestones anew. */
void read_milestones(struct scenes *scenes);

/* NULL only after a failure. */
const json_t *sampled_milestone(struct scenes *scenes, const char *code);

/* A task as T1, read anew; the caller gives it back. NULL only after a failure. */
json_t *task_by_number(struct scenes *scenes, int number);

/* Keeps a paper as a PDF, for people to look at. Gives its path. */
const char *fetch_paper(struct scenes *scenes, const char *kind, const char *id,
                        const char *document, const char *name);

#endif
