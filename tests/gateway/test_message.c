#include "gateway/message.h"

#include "base/limits.h"

#include "../check.h"

static const struct mailbox from = {"billing@agency.example", "Agentur Grün"};

static struct mail a_mail(void)
{
    return (struct mail){
        .to = {"ana@client.example", NULL},
        .subject = "Milestone 3",
        .text = "Größe = 1 \n.\n",
        .message_id = "0190@agency.example",
        .date_ms = INT64_C(951782400000), /* 2000-02-29 */
    };
}

static enum error compose(const struct mail *mail, struct fault *fault)
{
    struct arena *arena = arena_new();
    const char *bytes;
    size_t size;
    enum error error = message_compose(&from, mail, arena, &bytes, &size, fault);
    arena_free(arena);
    return error;
}

CASE(a_mail_is_these_bytes)
{
    static const struct mail_header headers[] = {{"Auto-Submitted", "auto-generated"}};
    static const struct mail_attachment attachments[] = {{"a.txt", "text/plain", "abc\n", 4}};
    static const char wanted[] = "Date: Tue, 29 Feb 2000 00:00:00 +0000\r\n"
                                 "From: =?UTF-8?B?QWdlbnR1ciBHcsO8bg==?=\r\n"
                                 " <billing@agency.example>\r\n"
                                 "To: <ana@client.example>\r\n"
                                 "Message-ID: <0190@agency.example>\r\n"
                                 "Subject: Milestone 3\r\n"
                                 "Auto-Submitted: auto-generated\r\n"
                                 "MIME-Version: 1.0\r\n"
                                 "Content-Type: multipart/mixed; boundary=\"=_next_part\"\r\n"
                                 "\r\n"
                                 "--=_next_part\r\n"
                                 "Content-Type: text/plain; charset=utf-8\r\n"
                                 "Content-Transfer-Encoding: quoted-printable\r\n"
                                 "\r\n"
                                 "Gr=C3=B6=C3=9Fe =3D 1=20\r\n"
                                 ".\r\n"
                                 "\r\n"
                                 "--=_next_part\r\n"
                                 "Content-Type: text/plain; charset=utf-8\r\n"
                                 "Content-Transfer-Encoding: base64\r\n"
                                 "Content-Disposition: attachment;\r\n"
                                 " filename=\"a.txt\"\r\n"
                                 "\r\n"
                                 "YWJjCg==\r\n"
                                 "\r\n"
                                 "--=_next_part--\r\n";
    struct mail mail = a_mail();
    mail.headers = headers;
    mail.header_count = 1;
    mail.attachments = attachments;
    mail.attachment_count = 1;
    struct arena *arena = arena_new();
    const char *bytes;
    size_t size;
    assert_int_equal(message_compose(&from, &mail, arena, &bytes, &size, NULL), OK);
    assert_int_equal(size, strlen(wanted));
    assert_string_equal(bytes, wanted);
    arena_free(arena);
}

CASE(what_is_not_utf8_is_refused)
{
    static const char *const broken[] = {"\xff", "a\xc3", "\xc0\x80", "\xed\xa0\x80",
                                         "\xf4\x90\x80\x80"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct fault fault;
        struct mail mail = a_mail();
        mail.text = broken[i];
        assert_int_equal(compose(&mail, &fault), ERROR_INVALID);
        assert_string_equal(fault.field, "text");
        mail = a_mail();
        mail.subject = broken[i];
        assert_int_equal(compose(&mail, &fault), ERROR_INVALID);
        assert_string_equal(fault.field, "subject");
        mail = a_mail();
        mail.to.name = broken[i];
        assert_int_equal(compose(&mail, &fault), ERROR_INVALID);
        assert_string_equal(fault.field, "to");
    }
}

CASE(no_size_overflows)
{
    static const size_t sizes[] = {MAIL_LIMIT, SIZE_MAX / 2, SIZE_MAX - 1, SIZE_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct mail_attachment attachments[] = {
            {"a.bin", "application/octet-stream", "", sizes[i]},
            {"b.bin", "application/octet-stream", "", sizes[i]}};
        struct mail mail = a_mail();
        struct fault fault;
        mail.attachments = attachments;
        mail.attachment_count = 2;
        assert_int_equal(compose(&mail, &fault), ERROR_TOO_LARGE);
        assert_string_equal(fault.field, "attachments");
    }
}

RUN(T(a_mail_is_these_bytes), T(what_is_not_utf8_is_refused), T(no_size_overflows))
