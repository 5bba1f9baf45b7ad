/* Assertions that stay in release builds: for what is impossible unless the program is wrong.
 * Never for input, the store, or the network. */
#ifndef WAYMARK_BASE_MUST_H
#define WAYMARK_BASE_MUST_H

/* Ends the program with the place and the text of a broken assertion. */
_Noreturn void must_fail(const char *file, int line, const char *text);

#define must(condition)                                                                            \
    ((__builtin_expect(!!(condition), 1)) ? (void)0 : must_fail(__FILE__, __LINE__, #condition))

#endif
