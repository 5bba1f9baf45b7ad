#include "main/patience.h"

#include "platform/clock.h"

static const int64_t first_rest_ns = INT64_C(1000) * 1000 * 1000;
static const int64_t longest_rest_ns = INT64_C(300) * 1000 * 1000 * 1000;

struct patient *patience_find(struct patience *patience, struct id id)
{
    for (size_t i = 0; i < patience->count; i++)
        if (id_equal(patience->patients[i].id, id))
            return &patience->patients[i];
    return NULL;
}

bool patience_waits(struct patience *patience, struct id id)
{
    const struct patient *patient = patience_find(patience, id);
    return patient && patient->until_ns > monotonic_ns();
}

static struct patient *place_for(struct patience *patience)
{
    if (patience->count < PATIENTS_MAX)
        return &patience->patients[patience->count++];
    struct patient *shortest = &patience->patients[0];
    for (size_t i = 1; i < patience->count; i++)
        if (patience->patients[i].until_ns < shortest->until_ns)
            shortest = &patience->patients[i];
    return shortest;
}

struct patient *patience_keep(struct patience *patience, struct id id)
{
    struct patient *patient = patience_find(patience, id);
    if (!patient) {
        patient = place_for(patience);
        *patient = (struct patient){.id = id};
    }
    int64_t rest_ns = patient->rest_ns ? patient->rest_ns * 2 : first_rest_ns;
    patient->rest_ns = rest_ns < longest_rest_ns ? rest_ns : longest_rest_ns;
    patient->until_ns = monotonic_ns() + patient->rest_ns;
    return patient;
}

void patience_end(struct patience *patience, struct id id)
{
    struct patient *patient = patience_find(patience, id);
    if (patient)
        *patient = patience->patients[--patience->count];
}
