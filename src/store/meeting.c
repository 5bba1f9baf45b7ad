#include "store/meeting.h"

#include "store/statements.h"

enum error find_last_revision(struct store *store, struct id first_id, int64_t *revision,
                              struct fault *fault)
{
    return store_count(store, &sql_meeting_last_revision, PARAMS({"first_id", value_id(&first_id)}),
                       revision, fault);
}
