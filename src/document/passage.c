#include "document/passage.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include <pango/pangocairo.h>

#include "base/limits.h"
#include "base/text.h"

/* The families after the first are for scripts that other installed fonts might claim. */
#define OTHER_SCRIPTS                                                                              \
    ",Noto Sans Arabic,Noto Sans Hebrew,Noto Sans Devanagari,Noto Sans Thai,Noto Sans CJK SC,"     \
    "Noto Sans Armenian,Noto Sans Georgian,Noto Sans Symbols,Noto Sans Symbols2,sans-serif"

static const char sans[] = "Noto Sans" OTHER_SCRIPTS;
static const char mono[] = "Noto Sans Mono,monospace";

struct manner {
    const char *family;
    PangoWeight weight;
    int size;
    int line_height;
    enum tone tone;
};

static const struct manner manners[STYLE_COUNT] = {
    [STYLE_BODY] = {sans, PANGO_WEIGHT_NORMAL, POINTS(9), POINTS(13), TONE_INK},
    [STYLE_STRONG] = {sans, PANGO_WEIGHT_BOLD, POINTS(9), POINTS(13), TONE_INK},
    [STYLE_DETAIL] = {sans, PANGO_WEIGHT_NORMAL, TENTHS(83), POINTS(12), TONE_INK},
    [STYLE_SMALL] = {sans, PANGO_WEIGHT_NORMAL, TENTHS(78), TENTHS(115), TONE_SOFT},
    [STYLE_LABEL] = {sans, PANGO_WEIGHT_NORMAL, TENTHS(78), POINTS(13), TONE_SOFT},
    [STYLE_TITLE] = {sans, PANGO_WEIGHT_BOLD, POINTS(22), POINTS(28), TONE_INK},
    [STYLE_KIND] = {sans, PANGO_WEIGHT_BOLD, TENTHS(95), POINTS(15), TONE_ACCENT},
    [STYLE_LEAD] = {sans, PANGO_WEIGHT_NORMAL, POINTS(11), POINTS(16), TONE_SOFT},
    [STYLE_NAME] = {sans, PANGO_WEIGHT_BOLD, POINTS(13), POINTS(18), TONE_INK},
    [STYLE_HEADING] = {sans, PANGO_WEIGHT_BOLD, POINTS(12), POINTS(17), TONE_INK},
    [STYLE_FIGURE] = {sans, PANGO_WEIGHT_BOLD, POINTS(10), POINTS(14), TONE_INK},
    [STYLE_GRAND] = {sans, PANGO_WEIGHT_BOLD, POINTS(19), POINTS(25), TONE_ACCENT},
    [STYLE_MARK] = {sans, PANGO_WEIGHT_BOLD, POINTS(9), POINTS(13), TONE_ACCENT},
    [STYLE_FINE] = {sans, PANGO_WEIGHT_NORMAL, TENTHS(72), POINTS(10), TONE_SOFT},
    [STYLE_HASH] = {mono, PANGO_WEIGHT_NORMAL, TENTHS(72), POINTS(13), TONE_SOFT},
    [STYLE_MONO] = {mono, PANGO_WEIGHT_NORMAL, TENTHS(64), TENTHS(85), TONE_SOFT},
};

struct passage {
    struct passage *next;
    PangoLayout *layout;
    const struct manner *manner;
    int line_count; /* 0 until it is measured or wrapped, for shaping is what costs */
};

struct typesetter {
    struct arena *arena;
    PangoContext *context;
    PangoAttrList *attributes;                /* of the passages to come */
    PangoFontDescription *fonts[STYLE_COUNT]; /* made when first used */
    struct passage *passages;
    const struct language *language;
    const char *home;
    size_t text_size;
    bool is_invalid;
};

/* cairo 1.16 shares open font files between threads without guarding them: it may close one that
 * another thread is about to read. So one typesetter works at a time, and one cache of fonts serves
 * them all. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static PangoFontMap *fonts; /* guarded by one_at_a_time; made once, never freed */

static PangoContext *context_new(void)
{
    if (!fonts)
        fonts = pango_cairo_font_map_new();
    PangoContext *context = pango_font_map_create_context(fonts);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    /* Of a text of digits alone; any other goes the way of its first letter. */
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    return context;
}

struct typesetter *typesetter_new(struct arena *arena, const struct language *language,
                                  const char *home)
{
    pthread_mutex_lock(&one_at_a_time);
    struct typesetter *typesetter = arena_alloc(arena, sizeof *typesetter);
    typesetter->arena = arena;
    typesetter->language = language;
    typesetter->home = home;
    typesetter->context = context_new();
    typesetter_country(typesetter, NULL);
    return typesetter;
}

void typesetter_free(struct typesetter *typesetter)
{
    for (struct passage *passage = typesetter->passages; passage; passage = passage->next)
        g_object_unref(passage->layout);
    for (int style = 0; style < STYLE_COUNT; style++)
        if (typesetter->fonts[style])
            pango_font_description_free(typesetter->fonts[style]);
    pango_attr_list_unref(typesetter->attributes);
    g_object_unref(typesetter->context);
    pthread_mutex_unlock(&one_at_a_time);
}

void typesetter_country(struct typesetter *typesetter, const char *country)
{
    static const struct {
        const char *country;
        const char *language;
    } han[] = {{"HK", "zh-hk"}, {"JP", "ja"}, {"KR", "ko"}, {"MO", "zh-hk"}, {"TW", "zh-tw"}};

    if (!country)
        country = typesetter->home;
    const char *tag = language_tag(typesetter->language);
    for (size_t i = 0; country && i < sizeof han / sizeof han[0]; i++)
        if (strcasecmp(han[i].country, country) == 0)
            tag = han[i].language;
    if (typesetter->attributes)
        pango_attr_list_unref(typesetter->attributes);
    typesetter->attributes = pango_attr_list_new();
    pango_attr_list_insert(typesetter->attributes,
                           pango_attr_language_new(pango_language_from_string(tag)));
    /* A hyphen inside a broken hash or account number would be read as part of it. */
    pango_attr_list_insert(typesetter->attributes, pango_attr_insert_hyphens_new(FALSE));
    /* "fi" as one glyph would cost a second subset of the font, and searches of the text. */
    pango_attr_list_insert(typesetter->attributes, pango_attr_font_features_new("liga=0"));
}

enum error typesetter_check(const struct typesetter *typesetter, struct fault *fault)
{
    if (typesetter->is_invalid)
        return refuse(fault, ERROR_INVALID, NULL, "a text of the document is not UTF-8");
    if (typesetter->text_size > DOCUMENT_TEXT_LIMIT)
        return refuse(fault, ERROR_TOO_LARGE, NULL, "the document has more than %d bytes of text",
                      DOCUMENT_TEXT_LIMIT);
    return OK;
}

static const PangoFontDescription *font_of(struct typesetter *typesetter, enum style style)
{
    PangoFontDescription **font = &typesetter->fonts[style];
    if (!*font) {
        *font = pango_font_description_new();
        pango_font_description_set_family_static(*font, manners[style].family);
        pango_font_description_set_weight(*font, manners[style].weight);
        pango_font_description_set_absolute_size(*font, manners[style].size);
    }
    return *font;
}

/* Noncharacters are UTF-8 but mean nothing, and cairo takes none. */
static bool is_noncharacter(gunichar character)
{
    return (character & 0xfffe) == 0xfffe || (character >= 0xfdd0 && character <= 0xfdef);
}

/* The text with a replacement character for each noncharacter. */
static const char *without_noncharacters(struct arena *arena, const char *text)
{
    struct text_buffer clean = text_buffer_in(arena);
    while (*text) {
        const char *next = g_utf8_next_char(text);
        if (is_noncharacter(g_utf8_get_char(text)))
            text_put_text(&clean, "\ufffd");
        else
            text_put(&clean, text, (size_t)(next - text));
        text = next;
    }
    return clean.bytes;
}

static bool has_noncharacter(const char *text)
{
    for (; *text; text = g_utf8_next_char(text))
        if (is_noncharacter(g_utf8_get_char(text)))
            return true;
    return false;
}

/* What of the text goes into the document: nothing of what it cannot take. */
static const char *admit(struct typesetter *typesetter, const char *text)
{
    size_t size = strlen(text);
    typesetter->text_size += size;
    if (!g_utf8_validate(text, (gssize)size, NULL))
        typesetter->is_invalid = true;
    if (typesetter->is_invalid || typesetter->text_size > DOCUMENT_TEXT_LIMIT)
        return "";
    return has_noncharacter(text) ? without_noncharacters(typesetter->arena, text) : text;
}

/* Without the line ends at its end. */
static size_t trimmed_size(const char *text)
{
    size_t size = strlen(text);
    while (size > 0 && text[size - 1] == '\n')
        size--;
    return size;
}

struct passage *passage_new(struct typesetter *typesetter, enum style style, const char *text)
{
    text = admit(typesetter, text);
    struct passage *passage = arena_alloc(typesetter->arena, sizeof *passage);
    passage->manner = &manners[style];
    passage->layout = pango_layout_new(typesetter->context);
    passage->next = typesetter->passages;
    typesetter->passages = passage;
    pango_layout_set_font_description(passage->layout, font_of(typesetter, style));
    pango_layout_set_attributes(passage->layout, typesetter->attributes);
    pango_layout_set_wrap(passage->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(passage->layout, text, (int)trimmed_size(text));
    return passage;
}

static int line_width(PangoLayoutLine *line)
{
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    return logical.width;
}

int passage_width(struct passage *passage)
{
    passage->line_count = pango_layout_get_line_count(passage->layout);
    int widest = 0;
    for (GSList *line = pango_layout_get_lines_readonly(passage->layout); line; line = line->next)
        widest = MAX(widest, line_width(line->data));
    return widest;
}

void passage_wrap(struct passage *passage, int width)
{
    bool fits = passage->line_count == 1 && passage_width(passage) <= width;
    if (fits)
        return;
    pango_layout_set_width(passage->layout, MAX(width, 0));
    passage->line_count = pango_layout_get_line_count(passage->layout);
}

void passage_cut(struct passage *passage, int width)
{
    pango_layout_set_ellipsize(passage->layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_single_paragraph_mode(passage->layout, TRUE);
    pango_layout_set_width(passage->layout, width);
    passage->line_count = pango_layout_get_line_count(passage->layout);
}

int passage_line_count(const struct passage *passage)
{
    return passage->line_count;
}

int passage_line_height(const struct passage *passage)
{
    return passage->manner->line_height;
}

void passage_put_line(const struct passage *passage, struct pages *pages, int line,
                      enum align align, struct rectangle where)
{
    const struct manner *manner = passage->manner;
    PangoLayoutLine *shaped = pango_layout_get_line_readonly(passage->layout, line);
    int width = line_width(shaped);
    bool is_foreign = (shaped->resolved_dir == PANGO_DIRECTION_RTL) != pages_are_mirrored(pages);
    bool is_at_end = align == ALIGN_TEXT ? is_foreign : align == ALIGN_END;
    int x = where.x + (is_at_end ? where.width - width : 0);
    /* Capitals, about 0.72 of the size, stand in the middle of the line. */
    int baseline = where.y + manner->line_height / 2 + manner->size * 36 / 100;
    page_line(pages, manner->tone, x, baseline, width, shaped);
}
