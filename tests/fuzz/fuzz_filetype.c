/* Uploaded files: archives, and whether a file is what its name says. The first byte of the input
 * tells its name. */
#include "base/utf8.h"
#include "fuzz.h"
#include "platform/archive.h"
#include "platform/filetype.h"

static const char *const names[] = {
    "a.docx", "a.xlsx", "a.PPTX", "a.odt", "a.zip", "a.pdf", "a.png", "a.svg",
    "a.md",   "a.csv",  "a.json", "a.xml", "a.mp4", "a.tgz", "a.exe", "a",
};

static struct filetypes *known_types(void)
{
    static struct filetypes *filetypes;
    struct fault fault;
    if (!filetypes)
        must(filetypes_open(&filetypes, &fault) == OK);
    return filetypes;
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    if (size == 0)
        return 0;
    uint8_t *bytes = malloc(size); /* of its own, so that a sanitizer sees its edges */
    must(bytes);
    memcpy(bytes, input + 1, size - 1);
    const struct upload upload = {
        .name = names[input[0] % (sizeof names / sizeof *names)],
        .media_type = input[0] & 0x80 ? "application/octet-stream" : NULL,
        .bytes = bytes,
        .size = size - 1,
    };
    const char *media_type = NULL;
    struct fault fault = {0};
    enum error error = filetype_check(known_types(), &upload, &media_type, &fault);
    must(error ? fault.code == error && *fault.detail && utf8_is_prose(fault.detail)
               : media_type && strchr(media_type, '/'));
    if (archive_has(bytes, size - 1, "word/document"))
        must(archive_has(bytes, size - 1, "WORD/") && archive_has(bytes, size - 1, ""));
    free(bytes);
    return 0;
}
