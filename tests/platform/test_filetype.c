#include "platform/filetype.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "../check.h"
#include "platform/file.h"
#include "sample_archive.h"

/* Bytes of a literal, which may contain NUL. */
#define BYTES(literal) literal, sizeof(literal) - 1

#define PNG    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU"
#define JPEG   "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
#define GIF    "GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
#define PDF    "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
#define HTML   "<!DOCTYPE html><html><head><title>x</title></head><body></body></html>"
#define SVG    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"></svg>"
#define OFFICE "application/vnd.openxmlformats-officedocument."
#define OPEN   "application/vnd.oasis.opendocument."

struct bench {
    struct arena *arena;
    struct filetypes *filetypes;
};

static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    bench->arena = arena_new();
    *state = bench;
    return filetypes_open(&bench->filetypes, NULL) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    filetypes_close(bench->filetypes);
    arena_free(bench->arena);
    free(bench);
    return 0;
}

static void assert_accepted(struct bench *bench, const char *name, const char *declared,
                            const void *bytes, size_t size, const char *media_type)
{
    struct upload upload = {name, declared, bytes, size};
    const char *found;
    struct fault fault = {0};
    if (filetype_check(bench->filetypes, &upload, &found, &fault))
        fail_msg("%s as %s: %s", name, declared, fault.detail);
    assert_string_equal(found, media_type);
}

static void assert_refused(struct bench *bench, const char *name, const char *declared,
                           const void *bytes, size_t size, const char *reason)
{
    struct upload upload = {name, declared, bytes, size};
    const char *found = NULL;
    struct fault fault = {0};
    enum error error = filetype_check(bench->filetypes, &upload, &found, &fault);
    if (!error)
        fail_msg("%s as %s was accepted", name, declared);
    assert_int_equal(error, ERROR_UNSUPPORTED_MEDIA);
    assert_string_equal(fault.field, "file");
    if (!strstr(fault.detail, reason))
        fail_msg("%s as %s: \"%s\" does not say \"%s\"", name, declared, fault.detail, reason);
    assert_null(found);
}

static void files_that_are_what_they_claim_are_accepted(void **state)
{
    static const struct {
        const char *name, *declared, *bytes;
        size_t size;
        const char *media_type;
    } files[] = {
        {"offer.pdf", "application/pdf", BYTES(PDF), "application/pdf"},
        {"OFFER.PDF", "Application/PDF; name=\"x\"", BYTES(PDF), "application/pdf"},
        {"a.b.pdf", NULL, BYTES(PDF), "application/pdf"},
        {"shot.png", "image/png", BYTES(PNG), "image/png"},
        {"photo.jpg", "image/jpeg", BYTES(JPEG), "image/jpeg"},
        {"photo.JPEG", "image/jpg", BYTES(JPEG), "image/jpeg"},
        {"spin.gif", "", BYTES(GIF), "image/gif"},
        {"logo.webp", "image/webp", BYTES("RIFF\x1a\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\x10\7\x10"),
         "image/webp"},
        {"logo.avif", "image/avif",
         BYTES("\0\0\0\x1c"
               "ftypavif\0\0\0\0avifmif1miaf"),
         "image/avif"},
        {"scan.tif", "image/tiff", BYTES("II*\0\x08\0\0\0\1\0\0\0\0\0\0\0\0\0"), "image/tiff"},
        {"logo.svg", "image/svg+xml", BYTES(SVG), "image/svg+xml"},
        {"logo.svg", "image/svg+xml", BYTES("\xef\xbb\xbf<!-- by hand -->\n" SVG), "image/svg+xml"},
        {"notes.txt", "text/plain", BYTES("Words.\nMore of them.\n"), "text/plain"},
        {"notes.txt", "text/plain; charset=utf-8",
         BYTES("Gr\xc3\xbc\xc3\x9f"
               "e, \xe2\x82\xac\n"),
         "text/plain"},
        {"notes.txt", "text/plain",
         BYTES("Gr\xfc\xdf"
               "e aus Latin-1, mit mehr als einem Wort\n"),
         "text/plain"},
        {"notes.txt", "application/octet-stream", BYTES("x"), "text/plain"},
        {"readme.md", "text/markdown", BYTES("# Title\n\nSome *text* with <b>tags</b>.\n"),
         "text/markdown"},
        {"hours.csv", "application/vnd.ms-excel", BYTES("name;hours\nAna;7,5\n"), "text/csv"},
        {"data.json", "application/json", BYTES("{\"a\": [1, 2, null]}"), "application/json"},
        {"setup.yml", "text/yaml", BYTES("a: 1\nb:\n  - x\n"), "application/yaml"},
        {"invoice.xml", "text/xml", BYTES("<?xml version=\"1.0\"?><Invoice/>"), "application/xml"},
        {"invoice.xml", "application/xml", BYTES("\n<Invoice xmlns=\"urn:x\"><ID>1</ID></Invoice>"),
         "application/xml"},
        {"letter.rtf", "application/msword", BYTES("{\\rtf1\\ansi hello}"), "application/rtf"},
        {"all.tgz", "application/x-compressed-tar",
         BYTES("\x1f\x8b\x08\0\0\0\0\0\0\3\3\0\0\0\0\0\0\0\0\0"), "application/gzip"},
        {"film.mp4", "video/mp4",
         BYTES("\0\0\0\x20"
               "ftypisom\0\0\2\0isomiso2avc1mp41\0\0\0\x08"
               "free"),
         "video/mp4"},
        {"film.mov", "video/quicktime",
         BYTES("\0\0\0\x14"
               "ftypqt  \0\0\2\0qt  \0\0\0\x08wide"),
         "video/quicktime"},
        {"talk.wav", "audio/wav",
         BYTES("RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0D\xac\0\0\x88X\1\0\2\0\x10\0data\0\0\0\0"),
         "audio/wav"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        assert_accepted(*state, files[i].name, files[i].declared, files[i].bytes, files[i].size,
                        files[i].media_type);
}

static void what_does_not_agree_is_refused(void **state)
{
    static const struct {
        const char *name, *declared, *bytes;
        size_t size;
        const char *reason;
    } files[] = {
        {"offer.pdf", "application/pdf", BYTES(PNG), "named as application/pdf"},
        {"offer.pdf", "application/pdf", BYTES("not a PDF at all"), "looks like text/plain"},
        {"shot.png", "image/png", BYTES(JPEG), "looks like image/jpeg"},
        {"shot.png", "image/png", BYTES(SVG), "looks like image/svg+xml"},
        {"logo.svg", "image/svg+xml", BYTES("<Invoice/>"), "named as image/svg+xml"},
        {"logo.svg", "image/svg+xml", BYTES("a <svg is not at the start"),
         "named as image/svg+xml"},
        {"invoice.xml", "text/xml", BYTES("no markup < at all"), "named as application/xml"},
        {"shot.png", "application/pdf", BYTES(PNG), "declared as application/pdf"},
        {"shot.png", "image/pn", BYTES(PNG), "declared as image/pn"},
        {"shot.png", "image/png2", BYTES(PNG), "declared as image/png2"},
        {"shot.png", "text/html", BYTES(PNG), "declared as text/html"},
        {"notes.txt", "text/plain", BYTES(PNG), "looks like image/png"},
        {"notes.txt", "text/plain", BYTES("a\0b"), "named as text/plain"},
        {"notes.txt", "text/plain", BYTES("\1\2\3\4"), "named as text/plain"},
        {"notes.csv", "text/csv", BYTES(PDF), "looks like application/pdf"},
        {"data.zip", "application/zip", BYTES(PDF), "looks like application/pdf"},
        {"a.docx", OFFICE "wordprocessingml.document", BYTES("PK\3\4 is not enough"), "named as"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        assert_refused(*state, files[i].name, files[i].declared, files[i].bytes, files[i].size,
                       files[i].reason);
}

static void endings_outside_the_table_are_refused(void **state)
{
    static const char *const names[] = {
        "setup.exe",  "page.html", "page.htm", "page.xhtml", "run.sh", "run.bat",
        "a.js",       "a.jar",     "a.com",    "a.scr",      "a.doc",  "a.docm",
        "a.xlsm",     "a.lnk",     "README",   "pdf",        ".",      "",
        "offer.pdf.", "a.pdf ",    "a. pdf",   "a.pdf exe",  "a.p",    "a.jpg jpeg",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_refused(*state, names[i], NULL, BYTES(PDF), "ending");
    }
}

static void programs_are_refused_under_any_name(void **state)
{
    struct bench *bench = *state;
    static const char *const names[] = {"a.pdf", "a.png",  "a.txt", "a.md",
                                        "a.zip", "a.docx", "a.xml"};
    char windows[256] = "MZ";
    windows[0x3c] = 0x40;
    memcpy(windows + 0x40, "PE\0\0L\1\1", 7);
    char *self;
    size_t self_size;
    assert_int_equal(file_read(bench->arena, "/proc/self/exe", 200 << 20, &self, &self_size, NULL),
                     OK);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_refused(bench, names[i], NULL, self, self_size, "program");
        assert_refused(bench, names[i], NULL, windows, sizeof windows, "program");
        assert_refused(bench, names[i], NULL, BYTES("#!/bin/sh\nrm -rf /\n"), "program");
        assert_refused(bench, names[i], NULL, BYTES("#! /usr/bin/env python3\n"), "program");
        assert_refused(bench, names[i], NULL, BYTES("@echo off\r\ndel *.*\r\n"), "program");
        assert_refused(bench, names[i], NULL,
                       BYTES("\xcf\xfa\xed\xfe\7\0\0\1\3\0\0\0\2\0\0\0\x10\0\0\0"), "program");
    }
}

static void html_is_refused_under_any_name(void **state)
{
    static const char *const names[] = {"a.txt", "a.md",  "a.csv", "a.json",
                                        "a.svg", "a.xml", "a.pdf"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_refused(*state, names[i], NULL, BYTES(HTML), "HTML");
        assert_refused(*state, names[i], NULL, BYTES("\n <html><script>alert(1)</script></html>"),
                       "HTML");
    }
}

static void office_documents_are_known_by_their_members(void **state)
{
    struct bench *bench = *state;
    static const struct {
        const char *name, *media_type;
        const char *members[4];
    } documents[] = {
        {"a.docx",
         OFFICE "wordprocessingml.document",
         {"[Content_Types].xml", "_rels/.rels", "word/document.xml"}},
        {"a.docx",
         OFFICE "wordprocessingml.document",
         {"customXml/item1.xml", "[Content_Types].xml", "word/document2.xml"}},
        {"a.xlsx",
         OFFICE "spreadsheetml.sheet",
         {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"}},
        {"a.pptx",
         OFFICE "presentationml.presentation",
         {"[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml"}},
    };
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        struct sample_archive archive = make_archive(bench->arena, documents[i].members, "<x/>");
        assert_accepted(bench, documents[i].name, documents[i].media_type, archive.bytes,
                        archive.size, documents[i].media_type);
        assert_accepted(bench, documents[i].name, NULL, archive.bytes, archive.size,
                        documents[i].media_type);
        static const char *const others[] = {"a.docx", "a.xlsx", "a.pptx", "a.odt"};
        for (size_t j = 0; j < sizeof others / sizeof *others; j++)
            if (strcmp(others[j], documents[i].name) != 0)
                assert_refused(bench, others[j], NULL, archive.bytes, archive.size, "named as");
    }
}

static void macros_are_refused(void **state)
{
    struct bench *bench = *state;
    static const struct {
        const char *name;
        const char *members[3];
    } documents[] = {
        {"a.docx", {"word/document.xml", "word/vbaProject.bin"}},
        {"a.xlsx", {"xl/workbook.xml", "xl/VBAPROJECT.BIN"}},
        {"a.pptx", {"ppt/presentation.xml", "ppt/vbaProject.bin"}},
    };
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        struct sample_archive archive = make_archive(bench->arena, documents[i].members, "<x/>");
        assert_refused(bench, documents[i].name, NULL, archive.bytes, archive.size, "macros");
    }
}

static void open_documents_and_archives_are_told_apart(void **state)
{
    struct bench *bench = *state;
    static const char *const members[] = {"mimetype", "content.xml", NULL};
    static const struct {
        const char *name, *media_type;
    } kinds[] = {
        {"a.odt", OPEN "text"}, {"a.ods", OPEN "spreadsheet"}, {"a.odp", OPEN "presentation"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct sample_archive archive = make_archive(bench->arena, members, kinds[i].media_type);
        for (size_t j = 0; j < sizeof kinds / sizeof *kinds; j++) {
            if (i == j)
                assert_accepted(bench, kinds[j].name, kinds[j].media_type, archive.bytes,
                                archive.size, kinds[j].media_type);
            else
                assert_refused(bench, kinds[j].name, NULL, archive.bytes, archive.size,
                               "looks like");
        }
    }
    static const char *const plain[] = {"a.txt", NULL};
    struct sample_archive archive = make_archive(bench->arena, plain, "hello");
    assert_accepted(bench, "a.zip", "application/x-zip-compressed", archive.bytes, archive.size,
                    "application/zip");
    assert_refused(bench, "a.odt", NULL, archive.bytes, archive.size, "looks like application/zip");
}

static void an_empty_file_is_refused(void **state)
{
    struct bench *bench = *state;
    struct upload upload = {"a.txt", "text/plain", "", 0};
    const char *found;
    struct fault fault = {0};
    assert_int_equal(filetype_check(bench->filetypes, &upload, &found, &fault), ERROR_INVALID);
    assert_string_equal(fault.field, "file");
}

static void *check_many(void *filetypes)
{
    intptr_t wrong = 0;
    for (int i = 0; i < 200; i++) {
        struct upload right = {"a.png", "image/png", BYTES(PNG)};
        struct upload false_one = {"a.pdf", "application/pdf", BYTES(GIF)};
        const char *found;
        wrong += filetype_check(filetypes, &right, &found, NULL) != OK;
        wrong += filetype_check(filetypes, &false_one, &found, NULL) != ERROR_UNSUPPORTED_MEDIA;
    }
    return (void *)wrong;
}

static void threads_may_check_together(void **state)
{
    struct bench *bench = *state;
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, check_many, bench->filetypes), 0);
    for (int i = 0; i < 4; i++) {
        void *wrong;
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_null(wrong);
    }
}

#define B(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)

RUN(B(files_that_are_what_they_claim_are_accepted), B(what_does_not_agree_is_refused),
    B(endings_outside_the_table_are_refused), B(programs_are_refused_under_any_name),
    B(html_is_refused_under_any_name), B(office_documents_are_known_by_their_members),
    B(macros_are_refused), B(open_documents_and_archives_are_told_apart),
    B(an_empty_file_is_refused), B(threads_may_check_together))
