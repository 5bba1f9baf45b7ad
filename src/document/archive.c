#include "document/archive.h"

#include <stdbool.h>
#include <string.h>

#include <qpdf/qpdf-c.h>

#include "base/day.h"
#include "base/must.h"
#include "document/srgb.h"

static const char producer[] = "waymark";

/* Without what XML 1.0 cannot hold: control characters, U+FFFE and U+FFFF. */
static const char *plain_text(struct arena *arena, const char *text)
{
    struct text_buffer plain = text_buffer_in(arena);
    while (*text) {
        bool is_noncharacter =
            strncmp(text, "\xef\xbf\xbe", 3) == 0 || strncmp(text, "\xef\xbf\xbf", 3) == 0;
        if (is_noncharacter)
            text += 3;
        else if ((unsigned char)*text < ' ')
            text++;
        else
            text_put_char(&plain, *text++);
    }
    return plain.bytes;
}

static void put_escaped(struct text_buffer *xml, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            text_put_text(xml, "&amp;");
            break;
        case '<':
            text_put_text(xml, "&lt;");
            break;
        case '>':
            text_put_text(xml, "&gt;");
            break;
        default:
            text_put_char(xml, *text);
        }
    }
}

/* One XMP property between what opens and what closes it. */
static void put_property(struct text_buffer *xml, const char *open, const char *value,
                         const char *close)
{
    text_put_text(xml, open);
    put_escaped(xml, value);
    text_put_text(xml, close);
}

static struct text_buffer xmp(struct arena *arena, const struct archive_facts *facts)
{
    char date[TIME_TEXT_SIZE];
    time_format(facts->made_at_ms, date);
    strcpy(date + strlen("2016-07-08T14:03:22"), "Z");
    struct text_buffer xml = text_buffer_in(arena);
    text_put_text(&xml, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                        "<rdf:Description rdf:about=\"\"\n"
                        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
                        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
                        "<pdfaid:part>3</pdfaid:part>\n"
                        "<pdfaid:conformance>B</pdfaid:conformance>\n"
                        "<dc:format>application/pdf</dc:format>\n");
    put_property(&xml, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->title,
                 "</rdf:li></rdf:Alt></dc:title>\n");
    put_property(&xml, "<dc:creator><rdf:Seq><rdf:li>", facts->author,
                 "</rdf:li></rdf:Seq></dc:creator>\n");
    put_property(&xml, "<dc:language><rdf:Bag><rdf:li>", facts->language,
                 "</rdf:li></rdf:Bag></dc:language>\n");
    put_property(&xml, "<xmp:CreateDate>", date, "</xmp:CreateDate>\n");
    put_property(&xml, "<xmp:ModifyDate>", date, "</xmp:ModifyDate>\n");
    put_property(&xml, "<xmp:MetadataDate>", date, "</xmp:MetadataDate>\n");
    put_property(&xml, "<xmp:CreatorTool>", producer, "</xmp:CreatorTool>\n");
    put_property(&xml, "<pdf:Producer>", producer, "</pdf:Producer>\n");
    text_put_text(&xml, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
    return xml;
}

/* "D:20160708140322Z" */
static const char *pdf_date(struct arena *arena, int64_t time_ms)
{
    char t[TIME_TEXT_SIZE];
    time_format(time_ms, t);
    return arena_format(arena, "D:%.4s%.2s%.2s%.2s%.2s%.2sZ", t, t + 5, t + 8, t + 11, t + 14,
                        t + 17);
}

static void set(qpdf_data pdf, qpdf_oh dictionary, const char *key, qpdf_oh value)
{
    qpdf_oh_replace_key(pdf, dictionary, key, value);
}

static void set_text(qpdf_data pdf, qpdf_oh dictionary, const char *key, const char *text)
{
    set(pdf, dictionary, key, qpdf_oh_new_unicode_string(pdf, text));
}

/* A stream with the keys of a dictionary that is given as PDF text. */
static qpdf_oh stream_new(qpdf_data pdf, const void *bytes, size_t size, const char *keys)
{
    qpdf_oh stream = qpdf_oh_new_stream(pdf);
    qpdf_oh_replace_stream_data(pdf, stream, bytes, size, qpdf_oh_new_null(pdf),
                                qpdf_oh_new_null(pdf));
    qpdf_oh dictionary = qpdf_oh_get_dict(pdf, stream);
    qpdf_oh given = qpdf_oh_parse(pdf, keys);
    qpdf_oh_begin_dict_key_iter(pdf, given);
    while (qpdf_oh_dict_more_keys(pdf)) {
        const char *key = qpdf_oh_dict_next_key(pdf);
        set(pdf, dictionary, key, qpdf_oh_get_key(pdf, given, key));
    }
    return stream;
}

static void add_metadata(qpdf_data pdf, struct arena *arena, const struct archive_facts *facts)
{
    qpdf_oh root = qpdf_get_root(pdf);
    struct text_buffer xml = xmp(arena, facts);
    set(pdf, root, "/Metadata",
        stream_new(pdf, xml.bytes, xml.size, "<< /Type /Metadata /Subtype /XML >>"));
    set_text(pdf, root, "/Lang", facts->language);
    set(pdf, root, "/ViewerPreferences", qpdf_oh_parse(pdf, "<< /DisplayDocTitle true >>"));

    /* PDF/A wants these to say what the XMP says. */
    qpdf_oh info = qpdf_oh_new_dictionary(pdf);
    const char *date = pdf_date(arena, facts->made_at_ms);
    set_text(pdf, info, "/Title", facts->title);
    set_text(pdf, info, "/Author", facts->author);
    set_text(pdf, info, "/Creator", producer);
    set_text(pdf, info, "/Producer", producer);
    set_text(pdf, info, "/CreationDate", date);
    set_text(pdf, info, "/ModDate", date);
    set(pdf, qpdf_get_trailer(pdf), "/Info", qpdf_make_indirect_object(pdf, info));
}

static void add_output_intent(qpdf_data pdf)
{
    qpdf_oh intent = qpdf_oh_parse(pdf, "<< /Type /OutputIntent /S /GTS_PDFA1 "
                                        "/OutputConditionIdentifier (sRGB) /Info (sRGB) >>");
    set(pdf, intent, "/DestOutputProfile",
        stream_new(pdf, srgb_profile, SRGB_PROFILE_SIZE, "<< /N 3 >>"));
    set(pdf, qpdf_get_root(pdf), "/OutputIntents",
        qpdf_oh_wrap_in_array(pdf, qpdf_make_indirect_object(pdf, intent)));
}

/* cairo 1.16 embeds TrueType subsets as CID fonts without the map that ISO 19005-3, 6.2.11.3.2
 * wants. */
static void add_glyph_maps(qpdf_data pdf)
{
    int end =
        qpdf_oh_get_int_value_as_int(pdf, qpdf_oh_get_key(pdf, qpdf_get_trailer(pdf), "/Size"));
    for (int id = 1; id < end; id++) {
        qpdf_oh object = qpdf_get_object_by_id(pdf, id, 0);
        if (qpdf_oh_is_dictionary_of_type(pdf, object, "/Font", "/CIDFontType2"))
            set(pdf, object, "/CIDToGIDMap", qpdf_oh_new_name(pdf, "/Identity"));
        qpdf_oh_release(pdf, object);
    }
}

static qpdf_oh embedded_file(qpdf_data pdf, struct arena *arena,
                             const struct document_attachment *attachment, int64_t made_at_ms)
{
    const char *parameters =
        arena_format(arena, "<< /Type /EmbeddedFile /Params << /Size %zu /ModDate (%s) >> >>",
                     attachment->size, pdf_date(arena, made_at_ms));
    qpdf_oh stream = stream_new(pdf, attachment->bytes, attachment->size, parameters);
    set(pdf, qpdf_oh_get_dict(pdf, stream), "/Subtype",
        qpdf_oh_new_name(pdf, arena_format(arena, "/%s", attachment->mime)));
    return stream;
}

static qpdf_oh file_specification(qpdf_data pdf, struct arena *arena,
                                  const struct document_attachment *attachment, int64_t made_at_ms)
{
    qpdf_oh stream = embedded_file(pdf, arena, attachment, made_at_ms);
    qpdf_oh streams = qpdf_oh_new_dictionary(pdf);
    set(pdf, streams, "/F", stream);
    set(pdf, streams, "/UF", stream);
    qpdf_oh specification = qpdf_oh_parse(pdf, "<< /Type /Filespec >>");
    set_text(pdf, specification, "/F", attachment->name);
    set_text(pdf, specification, "/UF", attachment->name);
    if (attachment->description)
        set_text(pdf, specification, "/Desc", attachment->description);
    set(pdf, specification, "/AFRelationship",
        qpdf_oh_new_name(pdf, arena_format(arena, "/%s", attachment->relationship)));
    set(pdf, specification, "/EF", streams);
    return qpdf_make_indirect_object(pdf, specification);
}

/* A name tree is in order (ISO 32000-1, 7.9.6). */
static void add_attachments(qpdf_data pdf, struct arena *arena, const struct archive_facts *facts)
{
    if (facts->attachment_count == 0)
        return;
    qpdf_oh names = qpdf_oh_new_array(pdf);
    qpdf_oh associated = qpdf_oh_new_array(pdf);
    for (size_t i = 0; i < facts->attachment_count; i++) {
        const struct document_attachment *attachment = &facts->attachments[i];
        must(i == 0 || strcmp(attachment[-1].name, attachment->name) < 0);
        qpdf_oh specification = file_specification(pdf, arena, attachment, facts->made_at_ms);
        qpdf_oh_append_item(pdf, names, qpdf_oh_new_unicode_string(pdf, attachment->name));
        qpdf_oh_append_item(pdf, names, specification);
        qpdf_oh_append_item(pdf, associated, specification);
    }
    qpdf_oh tree = qpdf_oh_new_dictionary(pdf);
    set(pdf, tree, "/Names", names);
    qpdf_oh trees = qpdf_oh_new_dictionary(pdf);
    set(pdf, trees, "/EmbeddedFiles", tree);
    set(pdf, qpdf_get_root(pdf), "/Names", trees);
    set(pdf, qpdf_get_root(pdf), "/AF", associated);
}

static void configure_writer(qpdf_data pdf)
{
    qpdf_set_minimum_pdf_version(pdf, "1.7");
    qpdf_set_newline_before_endstream(pdf, QPDF_TRUE); /* ISO 19005-3, 6.1.7.1 */
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    qpdf_set_object_stream_mode(pdf, qpdf_o_disable);
    qpdf_set_compress_streams(pdf, QPDF_TRUE);
    qpdf_set_decode_level(pdf, qpdf_dl_none);
}

enum error archive_pdf(struct arena *arena, const struct text_buffer *plain,
                       const struct archive_facts *given, struct document_bytes *out,
                       struct fault *fault)
{
    enum error error = OK;
    struct archive_facts cleaned = *given;
    cleaned.title = plain_text(arena, given->title);
    cleaned.author = plain_text(arena, given->author);
    const struct archive_facts *facts = &cleaned;
    qpdf_data pdf = qpdf_init();
    qpdf_silence_errors(pdf);
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    (void)qpdf_read_memory(pdf, "document", plain->bytes, plain->size, NULL);
    if (!qpdf_has_error(pdf)) {
        add_metadata(pdf, arena, facts);
        add_output_intent(pdf);
        add_glyph_maps(pdf);
        add_attachments(pdf, arena, facts);
        (void)qpdf_init_write_memory(pdf);
        configure_writer(pdf);
        (void)qpdf_write(pdf);
    }
    if (qpdf_has_error(pdf)) {
        error = refuse(fault, ERROR_INTERNAL, NULL, "qpdf: %s",
                       qpdf_get_error_full_text(pdf, qpdf_get_error(pdf)));
    } else {
        out->size = qpdf_get_buffer_length(pdf);
        out->bytes = arena_copy(arena, qpdf_get_buffer(pdf), out->size);
    }
    qpdf_cleanup(&pdf);
    return error;
}
