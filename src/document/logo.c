#include "document/logo.h"

#include <stdint.h>
#include <string.h>

#include "base/limits.h"

static const char field[] = "logo";

struct source {
    const uint8_t *bytes;
    size_t left;
};

static cairo_status_t read_bytes(void *closure, unsigned char *into, unsigned int size)
{
    struct source *source = closure;
    if (size > source->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(into, source->bytes, size);
    source->bytes += size;
    source->left -= size;
    return CAIRO_STATUS_SUCCESS;
}

static uint32_t big_endian(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* A PNG begins with its signature and a first chunk, IHDR, whose content begins with the sides. */
static enum error check_head(const uint8_t *png, size_t size, struct fault *fault)
{
    static const char head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const size_t head_size = sizeof head - 1;
    if (size > LOGO_LIMIT)
        return refuse(fault, ERROR_TOO_LARGE, field, "the logo is larger than %d bytes",
                      LOGO_LIMIT);
    if (size < head_size + 8 || memcmp(png, head, head_size) != 0)
        return refuse(fault, ERROR_INVALID, field, "the logo is not a PNG picture");
    uint32_t width = big_endian(png + head_size);
    uint32_t height = big_endian(png + head_size + 4);
    if (width > LOGO_SIDE_LIMIT || height > LOGO_SIDE_LIMIT)
        return refuse(fault, ERROR_TOO_LARGE, field, "the logo is more than %d pixels a side",
                      LOGO_SIDE_LIMIT);
    return OK;
}

enum error logo_read(const void *png, size_t size, cairo_surface_t **logo, struct fault *fault)
{
    enum error error = check_head(png, size, fault);
    if (error)
        return error;
    struct source source = {png, size};
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(read_bytes, &source);
    cairo_status_t status = cairo_surface_status(surface);
    if (status != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(surface);
        return refuse(fault, ERROR_INVALID, field, "the logo is a broken PNG picture");
    }
    *logo = surface;
    return OK;
}
