#include <cairo.h>

#include "base/day.h"
#include "base/text.h"

#include "samples.h"

const struct document_party sample_truetandem = {
    .name = "TrueTandem LLC",
    .address = "12355 Sunrise Valley Drive, Suite 610\nReston, VA 20191\nUnited States",
    .country = "US",
    .tax_id = "54-1234567",
    .email = "billing@truetandem.example",
};

const struct document_party sample_gsa = {
    .name = "General Services Administration, 18F",
    .address = "1800 F Street NW\nWashington, DC 20405\nUnited States",
    .country = "US",
    .contact = "Procurement project manager",
    .email = "invoices@gsa.example",
};

const struct document_party sample_agency = {
    .name = "Atelier Nord GmbH",
    .address = "Linienstraße 139\n10115 Berlin\nGermany",
    .country = "DE",
    .tax_id = "DE 298 765 432",
    .registration_id = "HRB 145 220 B",
    .email = "rechnung@ateliernord.example",
    .phone = "+49 30 555 01 20",
};

const struct document_party sample_dutch = {
    .name = "Waterschap De Dommel",
    .address = "Crediteurenadministratie\nBosscheweg 56\n5283 WB Boxtel\nNetherlands",
    .country = "NL",
    .tax_id = "NL 001234567B01",
    .email = "facturen@dommel.example",
};

int32_t sample_day(const char *text)
{
    int32_t day = DAY_NONE;
    return day_parse(text, &day, NULL) ? DAY_NONE : day;
}

static cairo_status_t append(void *png, const unsigned char *bytes, unsigned int size)
{
    text_put(png, (const char *)bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

void sample_logo(struct arena *arena, int width, int height, struct document_setting *setting)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, width / 8.0, height / 2.0);
    cairo_set_source_rgb(cairo, 0.18, 0.29, 0.56);
    cairo_arc(cairo, 1, 1, 1, 0, 6.2832);
    cairo_fill(cairo);
    for (int i = 0; i < 4; i++) {
        cairo_set_source_rgba(cairo, 0.18, 0.29, 0.56, 1 - i * 0.22);
        cairo_rectangle(cairo, 2.4 + i * 1.4, 0.2 + i * 0.3, 1.1, 1.8 - i * 0.3);
        cairo_fill(cairo);
    }
    struct text_buffer png = text_buffer_in(arena);
    cairo_surface_write_to_png_stream(surface, append, &png);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    setting->logo_png = png.bytes;
    setting->logo_size = png.size;
}
