/* How one attempt to hand something over the border ended, in one shape for mail and webhooks, so
 * that whoever keeps the outbox needs to know neither protocol. */
#ifndef WAYMARK_GATEWAY_DELIVERY_H
#define WAYMARK_GATEWAY_DELIVERY_H

#include <stdint.h>

enum delivery_outcome {
    DELIVERY_REFUSED, /* it cannot succeed; another attempt would end alike */
    DELIVERY_RETRY,   /* not this time: try again after backoff_delay_ms */
    DELIVERY_DONE,    /* the other side has it */
    DELIVERY_GONE,    /* the other side asks never to be called again */
};

enum { DELIVERY_TEXT_SIZE = 256 };

struct delivery {
    enum delivery_outcome outcome;
    int status;                    /* SMTP reply or HTTP status; 0 if the other side gave none */
    int64_t retry_after_ms;        /* the least wait that it asks for, at most a day; 0 if none */
    char text[DELIVERY_TEXT_SIZE]; /* its words, or ours: one line of UTF-8 for the operator */
};

/* A delivery whose text is the formatted one, made one clean line: a run of controls and spaces
 * becomes one space, a broken byte of UTF-8 '?', and what is too long is cut between characters. */
struct delivery delivery_ended(enum delivery_outcome outcome, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
