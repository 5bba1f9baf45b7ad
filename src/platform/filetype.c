#include "platform/filetype.h"

#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <magic.h>

#include "base/must.h"
#include "base/utf8.h"
#include "platform/archive.h"

/* How the bytes prove a type. */
enum proof {
    PROOF_MAGIC,  /* libmagic gives them one of the type's names */
    PROOF_TEXT,   /* they are text */
    PROOF_MARKUP, /* PROOF_MAGIC, or text that begins with '<' and contains the mark */
    PROOF_OFFICE, /* an archive with a member whose name begins with the mark, without macros */
};

struct row {
    const char *media_type;  /* what it is served as */
    const char *endings;     /* of file names, lower case, a space between them */
    const char *other_names; /* that browsers and libmagic have for the type, likewise */
    enum proof proof;
    const char *mark;
};

#define OFFICE "application/vnd.openxmlformats-officedocument."
#define DOCX   OFFICE "wordprocessingml.document"
#define XLSX   OFFICE "spreadsheetml.sheet"
#define PPTX   OFFICE "presentationml.presentation"
#define ODT    "application/vnd.oasis.opendocument.text"
#define ODS    "application/vnd.oasis.opendocument.spreadsheet"
#define ODP    "application/vnd.oasis.opendocument.presentation"

/* clang-format off */
static const struct row table[] = {
    {"application/pdf",              "pdf",      "application/x-pdf",            PROOF_MAGIC},

    {"image/png",                    "png",      "",                             PROOF_MAGIC},
    {"image/jpeg",                   "jpg jpeg", "image/jpg image/pjpeg",        PROOF_MAGIC},
    {"image/gif",                    "gif",      "",                             PROOF_MAGIC},
    {"image/webp",                   "webp",     "",                             PROOF_MAGIC},
    {"image/avif",                   "avif",     "",                             PROOF_MAGIC},
    {"image/heic",                   "heic",     "",                             PROOF_MAGIC},
    {"image/tiff",                   "tif tiff", "",                             PROOF_MAGIC},
    {"image/svg+xml",                "svg",      "",                             PROOF_MARKUP, "<svg"},

    {"text/plain",                   "txt log",  "",                             PROOF_TEXT},
    {"text/markdown",                "md",       "text/x-markdown text/plain",   PROOF_TEXT},
    {"text/csv",                     "csv",      "text/plain application/csv "
                                                 "application/vnd.ms-excel",     PROOF_TEXT},
    {"text/tab-separated-values",    "tsv",      "text/plain",                   PROOF_TEXT},
    {"text/calendar",                "ics",      "",                             PROOF_TEXT},
    {"application/json",             "json",     "text/plain",                   PROOF_TEXT},
    {"application/yaml",             "yaml yml", "application/x-yaml text/yaml "
                                                 "text/x-yaml text/plain",       PROOF_TEXT},
    {"application/xml",              "xml",      "text/xml",                     PROOF_MARKUP, "<"},

    {DOCX,                           "docx",     "",                             PROOF_OFFICE, "word/"},
    {XLSX,                           "xlsx",     "",                             PROOF_OFFICE, "xl/"},
    {PPTX,                           "pptx",     "",                             PROOF_OFFICE, "ppt/"},
    {ODT,                            "odt",      "",                             PROOF_MAGIC},
    {ODS,                            "ods",      "",                             PROOF_MAGIC},
    {ODP,                            "odp",      "",                             PROOF_MAGIC},
    {"application/rtf",              "rtf",      "text/rtf application/msword",  PROOF_MAGIC},

    {"application/zip",              "zip",      "application/x-zip-compressed", PROOF_MAGIC},
    {"application/gzip",             "gz tgz",   "application/x-gzip "
                                                 "application/x-compressed-tar", PROOF_MAGIC},
    {"application/x-tar",            "tar",      "",                             PROOF_MAGIC},
    {"application/x-7z-compressed",  "7z",       "",                             PROOF_MAGIC},

    {"video/mp4",                    "mp4",      "video/x-m4v",                  PROOF_MAGIC},
    {"video/webm",                   "webm",     "",                             PROOF_MAGIC},
    {"video/quicktime",              "mov",      "",                             PROOF_MAGIC},
    {"audio/mpeg",                   "mp3",      "audio/mp3",                    PROOF_MAGIC},
    {"audio/mp4",                    "m4a",      "audio/x-m4a audio/m4a",        PROOF_MAGIC},
    {"audio/wav",                    "wav",      "audio/x-wav audio/vnd.wave",   PROOF_MAGIC},
    {"audio/ogg",                    "ogg oga",  "application/ogg",              PROOF_MAGIC},
};
/* clang-format on */

/* What libmagic calls programs and pages; each of them may hide under a harmless name. */
static const char *const programs[] = {
    "application/x-executable",
    "application/x-pie-executable",
    "application/x-sharedlib",
    "application/x-object",
    "application/x-dosexec",
    "application/x-msdownload",
    "application/vnd.microsoft.portable-executable",
    "application/x-mach-binary",
    "application/x-java-applet",
    "application/java-archive",
    "application/vnd.android.package-archive",
    "application/x-ms-shortcut",
    "application/wasm",
    "text/x-shellscript",
    "text/x-msdos-batch",
};

struct filetypes {
    magic_t magic;
    pthread_mutex_t lock;
};

enum error filetypes_open(struct filetypes **filetypes, struct fault *fault)
{
    struct filetypes *opened = calloc(1, sizeof *opened);
    must(opened);
    must(pthread_mutex_init(&opened->lock, NULL) == 0);
    opened->magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_ERROR);
    must(opened->magic);
    if (magic_load(opened->magic, NULL) != 0) {
        filetypes_close(opened);
        return refuse(fault, ERROR_UNAVAILABLE, NULL, "libmagic cannot load its data");
    }
    *filetypes = opened;
    return OK;
}

void filetypes_close(struct filetypes *filetypes)
{
    if (!filetypes)
        return;
    magic_close(filetypes->magic);
    pthread_mutex_destroy(&filetypes->lock);
    free(filetypes);
}

/* ---- claims -------------------------------------------------------------------------------- */

/* Whether the word, of that length and in any case, is one of the list. */
static bool is_listed(const char *list, const char *word, size_t length)
{
    for (const char *at = list; *at; at += strspn(at, " ")) {
        size_t here = strcspn(at, " ");
        if (here == length && strncasecmp(at, word, length) == 0)
            return true;
        at += here;
    }
    return false;
}

static bool is_name_of(const struct row *row, const char *media_type, size_t length)
{
    return is_listed(row->media_type, media_type, length) ||
           is_listed(row->other_names, media_type, length);
}

static const struct row *row_of_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof table / sizeof *table; i++)
        if (is_listed(table[i].endings, dot + 1, strlen(dot + 1)))
            return &table[i];
    return NULL;
}

static bool is_declared_as(const char *media_type, const struct row *row)
{
    size_t length = media_type ? strcspn(media_type, "; \t") : 0;
    return length == 0 || is_listed("application/octet-stream", media_type, length) ||
           is_name_of(row, media_type, length);
}

/* ---- proofs -------------------------------------------------------------------------------- */

static bool is_text(const struct upload *upload, const char *sniffed)
{
    if (!utf8_valid(upload->bytes, upload->size))
        return strncmp(sniffed, "text/", strlen("text/")) == 0; /* in another encoding */
    const unsigned char *bytes = upload->bytes;
    for (size_t i = 0; i < upload->size; i++)
        if (bytes[i] < ' ' && !isspace(bytes[i]))
            return false;
    return true;
}

static bool is_markup(const struct upload *upload, const char *sniffed, const char *mark)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    const char *at = upload->bytes;
    const char *end = at + upload->size;
    if (upload->size >= 3 && memcmp(at, byte_order_mark, 3) == 0)
        at += 3;
    while (at < end && isspace((unsigned char)*at))
        at++;
    return at < end && *at == '<' && is_text(upload, sniffed) &&
           memmem(at, (size_t)(end - at), mark, strlen(mark));
}

static bool is_proven(const struct upload *upload, const char *sniffed, const struct row *row)
{
    switch (row->proof) {
    case PROOF_MAGIC:
        return is_name_of(row, sniffed, strlen(sniffed));
    case PROOF_TEXT:
        return is_text(upload, sniffed);
    case PROOF_MARKUP:
        return is_name_of(row, sniffed, strlen(sniffed)) || is_markup(upload, sniffed, row->mark);
    case PROOF_OFFICE:
        return archive_has(upload->bytes, upload->size, row->mark);
    default:
        return false;
    }
}

/* ---- refusals ------------------------------------------------------------------------------ */

static bool is_program(const struct upload *upload, const char *sniffed)
{
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        if (strcmp(sniffed, programs[i]) == 0)
            return true;
    return upload->size >= 2 && memcmp(upload->bytes, "#!", 2) == 0;
}

static bool has_macros(const struct upload *upload, const struct row *row)
{
    char project[32];
    if (row->proof != PROOF_OFFICE)
        return false;
    snprintf(project, sizeof project, "%svbaProject", row->mark);
    return archive_has(upload->bytes, upload->size, project);
}

static enum error refuse_file(struct fault *fault, const char *why)
{
    return refuse(fault, ERROR_UNSUPPORTED_MEDIA, "file", "%s", why);
}

static enum error check_content(const struct upload *upload, const char *sniffed,
                                const struct row *row, struct fault *fault)
{
    if (is_program(upload, sniffed))
        return refuse_file(fault, "the file is a program; programs are not accepted");
    if (strcmp(sniffed, "text/html") == 0)
        return refuse_file(fault, "the file is an HTML page; send it as PDF or inside a ZIP");
    if (!is_proven(upload, sniffed, row))
        return refuse(fault, ERROR_UNSUPPORTED_MEDIA, "file",
                      "the file is named as %s but does not contain that (it looks like %s)",
                      row->media_type, sniffed);
    if (has_macros(upload, row))
        return refuse_file(fault, "the document contains macros; send it without them");
    return OK;
}

enum error filetype_check(struct filetypes *filetypes, const struct upload *upload,
                          const char **media_type, struct fault *fault)
{
    const struct row *row = row_of_name(upload->name);
    if (!row)
        return refuse_file(fault, "files with this ending are not accepted; put it into a ZIP");
    if (!is_declared_as(upload->media_type, row))
        return refuse(fault, ERROR_UNSUPPORTED_MEDIA, "file",
                      "the file is named as %s but declared as %.80s", row->media_type,
                      upload->media_type);
    if (upload->size == 0)
        return refuse(fault, ERROR_INVALID, "file", "the file is empty");
    pthread_mutex_lock(&filetypes->lock);
    const char *sniffed = magic_buffer(filetypes->magic, upload->bytes, upload->size);
    enum error error = sniffed ? check_content(upload, sniffed, row, fault)
                               : refuse(fault, ERROR_INTERNAL, NULL, "libmagic: %s",
                                        magic_error(filetypes->magic));
    pthread_mutex_unlock(&filetypes->lock);
    if (!error)
        *media_type = row->media_type;
    return error;
}
