/* What met trouble is left alone, and the others are not. */
#include "../check.h"

#include "main/patience.h"

static struct id id_of(size_t number)
{
    struct id id = {{0}};
    id.bytes[0] = (unsigned char)(number % 251 + 1);
    id.bytes[1] = (unsigned char)(number / 251);
    return id;
}

CASE(what_met_trouble_waits_longer_each_time)
{
    struct patience patience = {0};
    assert_false(patience_waits(&patience, id_of(1)));
    int64_t first_ns = patience_keep(&patience, id_of(1))->rest_ns;
    assert_true(patience_waits(&patience, id_of(1)));
    assert_false(patience_waits(&patience, id_of(2)));
    int64_t second_ns = patience_keep(&patience, id_of(1))->rest_ns;
    assert_int_equal(second_ns, 2 * first_ns);
    for (int i = 0; i < 20; i++)
        patience_keep(&patience, id_of(1));
    assert_int_equal(patience_find(&patience, id_of(1))->rest_ns, 300 * first_ns);
    assert_int_equal(patience.count, 1);
    patience_end(&patience, id_of(1));
    assert_false(patience_waits(&patience, id_of(1)));
    assert_int_equal(patience.count, 0);
}

CASE(where_there_are_too_many_the_one_that_waits_shortest_is_forgotten)
{
    struct patience patience = {0};
    for (size_t i = 0; i < PATIENTS_MAX; i++)
        patience_keep(&patience, id_of(i));
    patience_keep(&patience, id_of(0));
    patience_keep(&patience, id_of(PATIENTS_MAX));
    assert_int_equal(patience.count, PATIENTS_MAX);
    assert_non_null(patience_find(&patience, id_of(0)));
    assert_null(patience_find(&patience, id_of(1)));
    assert_non_null(patience_find(&patience, id_of(PATIENTS_MAX)));
}

RUN(T(what_met_trouble_waits_longer_each_time),
    T(where_there_are_too_many_the_one_that_waits_shortest_is_forgotten))
