/* What every unit test includes: cmocka and the shorthand for its table. */
#ifndef WAYMARK_TESTS_CHECK_H
#define WAYMARK_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A test is a sentence: CASE(approved_milestone_cannot_be_rejected) { ... } */
#define CASE(sentence) static void sentence(void **state __attribute__((unused)))

#define RUN(...)                                                                                   \
    int main(void)                                                                                 \
    {                                                                                              \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                                           \
        return cmocka_run_group_tests(tests, NULL, NULL);                                          \
    }
#define T(sentence) cmocka_unit_test(sentence)

#endif
