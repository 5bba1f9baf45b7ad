#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void must_fail(const char *file, int line, const char *text)
{
    fprintf(stderr, "waymark: impossible at %s:%d: %s\n", file, line, text);
    abort();
}
