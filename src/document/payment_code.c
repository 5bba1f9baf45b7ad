#include "document/payment_code.h"

#include <stdbool.h>
#include <string.h>

#include <qrencode.h>

#include "base/money.h"
#include "base/must.h"
#include "base/text.h"
#include "core/iban.h"

enum {
    PAYLOAD_MAX = 331,
    HOLDER_CHARACTERS = 70,
    STRUCTURED_MAX = 35,
    TEXT_MAX = 140,
};

static const int64_t amount_max_minor = 99999999999;

static const char *without_spaces(struct arena *arena, const char *text)
{
    struct text_buffer packed = text_buffer_in(arena);
    for (; text && *text; text++)
        if (*text != ' ')
            text_put_char(&packed, *text);
    return packed.bytes;
}

/* The first characters of UTF-8 text. */
static const char *first_characters(struct arena *arena, const char *text, int count)
{
    size_t size = 0;
    while (text[size]) {
        bool begins = ((unsigned char)text[size] & 0xc0) != 0x80;
        if (begins && count-- == 0)
            break;
        size++;
    }
    return arena_text_n(arena, text, size);
}

/* A line break inside an element would begin the next one. */
static bool is_element(const char *text)
{
    return !text || text[strcspn(text, "\r\n")] == '\0';
}

static bool is_payable(const struct payment_order *order)
{
    return order->currency && strcmp(order->currency, "EUR") == 0 && order->amount_minor >= 1 &&
           order->amount_minor <= amount_max_minor && order->holder && *order->holder &&
           is_element(order->holder) && is_element(order->bic) && is_element(order->reference);
}

const char *payment_code_text(struct arena *arena, const struct payment_order *order)
{
    if (!is_payable(order))
        return NULL;
    char iban[IBAN_MAX + 1];
    const char *packed = without_spaces(arena, order->reference);
    bool is_structured = strncmp(packed, "RF", 2) == 0;
    const char *text = order->reference && !is_structured ? order->reference : "";
    const char *structured = is_structured ? packed : "";
    if (!order->iban || !iban_read(order->iban, iban) || strlen(structured) > STRUCTURED_MAX ||
        strlen(text) > TEXT_MAX)
        return NULL;
    char amount[MONEY_TEXT_SIZE];
    char *payload = arena_format(
        arena, "BCD\n002\n1\nSCT\n%s\n%s\n%s\nEUR%s\n\n%s\n%s", without_spaces(arena, order->bic),
        first_characters(arena, order->holder, HOLDER_CHARACTERS), iban,
        money_format(order->amount_minor, "EUR", amount), structured, text);
    size_t size = strlen(payload);
    while (payload[size - 1] == '\n') /* elements left out at the end */
        payload[--size] = '\0';
    return size <= PAYLOAD_MAX ? payload : NULL;
}

const struct modules *payment_code(struct arena *arena, const struct payment_order *order)
{
    const char *payload = payment_code_text(arena, order);
    if (!payload)
        return NULL;
    QRcode *code =
        QRcode_encodeData((int)strlen(payload), (const unsigned char *)payload, 0, QR_ECLEVEL_M);
    must(code);
    size_t count = (size_t)code->width * (size_t)code->width;
    uint8_t *dark = arena_alloc(arena, count);
    for (size_t i = 0; i < count; i++)
        dark[i] = code->data[i] & 1;
    struct modules *modules = arena_alloc(arena, sizeof *modules);
    modules->side = code->width;
    modules->dark = dark;
    QRcode_free(code);
    return modules;
}
