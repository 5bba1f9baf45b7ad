/* A company's logo from the PNG that it gave. */
#ifndef WAYMARK_DOCUMENT_LOGO_H
#define WAYMARK_DOCUMENT_LOGO_H

#include <stddef.h>

#include <cairo.h>

#include "base/error.h"

/* The picture; the caller owns it. ERROR_INVALID for what is not a PNG, ERROR_TOO_LARGE for one of
 * more than LOGO_LIMIT bytes or LOGO_SIDE_LIMIT pixels a side, which is found before it is
 * unpacked. The field is "logo". */
enum error logo_read(const void *png, size_t size, cairo_surface_t **logo,
                     struct fault *fault) WARN_UNUSED;

#endif
