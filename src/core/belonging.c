#include "core/belonging.h"

#include "base/must.h"
#include "core/engagement.h"
#include "core/invoice.h"
#include "core/payment.h"

static struct id member(const struct shape *shape, const char *name, const void *row)
{
    const struct field *field = shape_field(shape, name, NULL);
    must(field && field->kind == FIELD_ID);
    return *(const struct id *)field_of(field, row);
}

/* An allocation and a refund come from one of the two. */
static struct id source_of(const struct shape *shape, const void *row)
{
    struct id payment_id = member(shape, "payment_id", row);
    return id_is_none(payment_id) ? member(shape, "credit_note_id", row) : payment_id;
}

static struct id money_of(const struct shape *shape, const void *row)
{
    if (shape == &payment_shape)
        return ((const struct payment *)row)->id;
    if (shape == &allocation_shape || shape == &refund_shape)
        return source_of(shape, row);
    if (shape == &invoice_shape && ((const struct invoice *)row)->kind == INVOICE_CREDIT_NOTE)
        return ((const struct invoice *)row)->id;
    return (struct id){0};
}

struct belonging row_belonging(const struct shape *shape, const void *row)
{
    struct belonging belonging = {.money_id = money_of(shape, row)};
    const struct field *field = shape_field(shape, "engagement_id", NULL);
    if (shape == &engagement_shape)
        belonging.engagement_id = ((const struct engagement *)row)->id;
    else if (field)
        belonging.engagement_id = *(const struct id *)field_of(field, row);
    return belonging;
}
