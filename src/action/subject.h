/* Inputs that come from the address alone. */
#ifndef WAYMARK_ACTION_SUBJECT_H
#define WAYMARK_ACTION_SUBJECT_H

#include "base/id.h"
#include "base/shape.h"

/* What an operation takes that needs to know no more than which row it is about. */
struct subject {
    struct id id;
};

/* A struct's member id, under the name that it has in the address: "/engagements/{engagement_id}".
 */
#define ID_FROM_PATH(type, name_)                                                                  \
    {                                                                                              \
        .name = #name_, .kind = FIELD_ID, .flags = FROM_PATH, .offset = offsetof(type, id)         \
    }

/* The shape of a struct subject whose id has that name in the address. */
#define SUBJECT_SHAPE(name_)                                                                       \
    SHAPE(#name_, struct subject, ((const struct field[]){ID_FROM_PATH(struct subject, name_)}))

#endif
