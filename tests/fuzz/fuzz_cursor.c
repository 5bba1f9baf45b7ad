/* Cursors of lists. The first byte of the input tells by what the list is sorted. */
#include "base/utf8.h"
#include "fuzz.h"
#include "store/cursor.h"

static const struct field columns[] = {
    {.name = "id", .kind = FIELD_ID},
    {.name = "name", .kind = FIELD_TEXT},
    {.name = "due_day", .kind = FIELD_DAY},
    {.name = "amount_minor", .kind = FIELD_MONEY},
};

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    if (size == 0)
        return 0;
    struct arena *arena = arena_new();
    const struct field *column = &columns[input[0] % (sizeof columns / sizeof *columns)];
    char *text = fuzz_text(input + 1, size - 1);
    struct cursor cursor, again;
    struct fault fault = {0};
    if (cursor_parse(arena, column->name, column, text, &cursor, &fault) == OK) {
        const char *written = cursor_format(arena, column->name, column, &cursor);
        must(cursor_parse(arena, column->name, column, written, &again, &fault) == OK);
        must(id_equal(again.id, cursor.id) && again.integer == cursor.integer);
        must(!id_is_none(cursor.id));
        must(column->kind != FIELD_TEXT || (utf8_valid(cursor.text, strlen(cursor.text)) &&
                                            strcmp(again.text, cursor.text) == 0));
    } else {
        must(fault.code == ERROR_INVALID && strcmp(fault.field, "cursor") == 0);
    }
    free(text);
    arena_free(arena);
    return 0;
}
