/* The API's published contract, openapi/waymark.yaml as JSON; made by the build. */
#ifndef WAYMARK_API_OPENAPI_H
#define WAYMARK_API_OPENAPI_H

#include <stddef.h>

extern const char openapi_json[];
extern const size_t openapi_json_size;

#endif
