#include "core/belonging.h"

#include "../check.h"
#include "core/domain.h"

static const struct id here = {{1}}, self = {{2}}, paid = {{3}}, credited = {{4}};

static void assert_belongs(const struct shape *shape, const void *row, struct id engagement_id,
                           struct id money_id)
{
    struct belonging belonging = row_belonging(shape, row);
    assert_true(id_equal(belonging.engagement_id, engagement_id));
    assert_true(id_equal(belonging.money_id, money_id));
}

CASE(what_names_an_engagement_belongs_to_it)
{
    const struct id none = {{0}};
    (void)state;
    assert_belongs(&milestone_shape, &(struct milestone){.id = self, .engagement_id = here}, here,
                   none);
    assert_belongs(&invoice_shape,
                   &(struct invoice){.id = self, .engagement_id = here, .kind = INVOICE_INVOICE},
                   here, none);
    assert_belongs(&engagement_shape, &(struct engagement){.id = here}, here, none);
    assert_belongs(&client_shape, &(struct client){.id = self}, none, none);
    assert_belongs(&ledger_entry_shape, &(struct ledger_entry){.id = self}, none, none);
}

CASE(money_belongs_to_where_it_comes_from)
{
    const struct id none = {{0}};
    (void)state;
    assert_belongs(&payment_shape, &(struct payment){.id = self}, none, self);
    assert_belongs(
        &invoice_shape,
        &(struct invoice){.id = self, .engagement_id = here, .kind = INVOICE_CREDIT_NOTE}, here,
        self);
    assert_belongs(&allocation_shape, &(struct allocation){.id = self, .payment_id = paid}, none,
                   paid);
    assert_belongs(&allocation_shape, &(struct allocation){.id = self, .credit_note_id = credited},
                   none, credited);
    assert_belongs(&refund_shape, &(struct refund){.id = self, .payment_id = paid}, none, paid);
    assert_belongs(&refund_shape, &(struct refund){.id = self, .credit_note_id = credited}, none,
                   credited);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_names_an_engagement_belongs_to_it),
        T(money_belongs_to_where_it_comes_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
