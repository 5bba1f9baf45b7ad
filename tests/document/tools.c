#include "tools.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../check.h"
#include "base/text.h"

static char directory[] = "/tmp/waymark-document-XXXXXX";
static int file_count;

static void remove_directory(void)
{
    char path[sizeof directory + 16];
    for (int i = 1; i <= file_count; i++) {
        snprintf(path, sizeof path, "%s/%d.pdf", directory, i);
        unlink(path);
    }
    rmdir(directory);
}

const char *save_bytes(struct arena *arena, const void *bytes, size_t size)
{
    if (file_count == 0) {
        assert_non_null(mkdtemp(directory));
        atexit(remove_directory);
    }
    const char *path = arena_format(arena, "%s/%d.pdf", directory, ++file_count);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    return path;
}

const char *run(struct arena *arena, const char *command)
{
    struct text_buffer output = text_buffer_in(arena);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    char chunk[4096];
    size_t size;
    while ((size = fread(chunk, 1, sizeof chunk, pipe)) > 0)
        text_put(&output, chunk, size);
    int status = pclose(pipe);
    if (status != 0)
        fail_msg("%s: status %d: %s", command, status, output.bytes);
    return output.bytes;
}

const char *text_of(struct arena *arena, const struct document_bytes *pdf)
{
    const char *path = save_bytes(arena, pdf->bytes, pdf->size);
    return run(arena, arena_format(arena, "pdftotext -layout %s - 2>&1", path));
}

const char *text_of_page(struct arena *arena, const struct document_bytes *pdf, int page)
{
    const char *path = save_bytes(arena, pdf->bytes, pdf->size);
    return run(arena,
               arena_format(arena, "pdftotext -layout -f %d -l %d %s - 2>&1", page, page, path));
}

/* Columns "emb sub uni" of every line below the head say yes. */
static void check_fonts(struct arena *arena, const char *path)
{
    const char *fonts = run(arena, arena_format(arena, "pdffonts %s 2>&1 | tail -n +3", path));
    assert_int_not_equal(count_of(fonts, "\n"), 0);
    assert_int_equal(count_of(fonts, "yes yes yes"), count_of(fonts, "\n"));
}

void check_pdf_in(struct arena *arena, const struct document_bytes *pdf,
                  const struct language *language)
{
    const char *path = save_bytes(arena, pdf->bytes, pdf->size);
    check_has(run(arena, arena_format(arena, "qpdf --check %s 2>&1", path)),
              "No syntax or stream encoding errors found");
    check_has(run(arena, arena_format(arena, "pdfinfo %s 2>&1", path)),
              arena_format(arena, "Pages:           %d\n", pdf->page_count));
    check_fonts(arena, path);
    for (int page = 1; page <= pdf->page_count && page <= 5; page++)
        check_has(text_of_page(arena, pdf, page),
                  phrase_bare(arena, language, WORD_PAGE_OF, arena_format(arena, "%d", page),
                              arena_format(arena, "%d", pdf->page_count), NULL));
}

void check_pdf(struct arena *arena, const struct document_bytes *pdf)
{
    check_pdf_in(arena, pdf, language_find("en"));
}

void check_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

void check_lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("\"%s\" is in:\n%s", part, text);
}

int count_of(const char *text, const char *part)
{
    int count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}
