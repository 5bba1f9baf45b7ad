#include "gateway/delivery.h"

#include "base/utf8.h"

#include "../check.h"

CASE(a_delivery_says_what_it_was_told)
{
    struct delivery delivery = delivery_ended(DELIVERY_REFUSED, 550, "%s said no", "Zürich");
    assert_int_equal(delivery.outcome, DELIVERY_REFUSED);
    assert_int_equal(delivery.status, 550);
    assert_int_equal(delivery.retry_after_ms, 0);
    assert_string_equal(delivery.text, "Zürich said no");
}

CASE(controls_and_broken_bytes_do_not_reach_the_log)
{
    struct delivery delivery =
        delivery_ended(DELIVERY_RETRY, 0, " a\r\n \tb\x1b[31m\x7f \xc2\x9b \xff\xc3. \xe2\x82\r\n");
    assert_string_equal(delivery.text, "a b [31m ??. ??");
}

CASE(a_long_text_is_cut_between_characters)
{
    char text[4 * DELIVERY_TEXT_SIZE];
    for (size_t lead = 0; lead < 4; lead++) {
        memset(text, 'x', lead);
        for (size_t at = lead; at + 5 < sizeof text; at += 4)
            memcpy(text + at, "\xf0\x9f\x92\xb6", 5);
        struct delivery delivery = delivery_ended(DELIVERY_RETRY, 0, "%s", text);
        size_t size = strlen(delivery.text);
        assert_true(utf8_valid(delivery.text, size));
        assert_memory_equal(delivery.text, text, size);
        assert_in_range(size, DELIVERY_TEXT_SIZE - 4, DELIVERY_TEXT_SIZE - 1);
    }
}

RUN(T(a_delivery_says_what_it_was_told), T(controls_and_broken_bytes_do_not_reach_the_log),
    T(a_long_text_is_cut_between_characters))
