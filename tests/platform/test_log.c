#include "platform/log.h"

#include <stdlib.h>
#include <unistd.h>

#include "../check.h"

struct sink {
    struct log log;
    int reader;
    char line[2 * LOG_LINE_LIMIT];
};

static struct sink open_sink(void)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    return (struct sink){.log = {.descriptor = ends[1], .least = LOG_INFO}, .reader = ends[0]};
}

/* What was logged after the time, which is checked for its form; closes the sink. */
static const char *logged(struct sink *sink)
{
    static const char form[] = "{\"time\":\"0000-00-00T00:00:00.000Z\"";
    close(sink->log.descriptor);
    ssize_t size = read(sink->reader, sink->line, sizeof sink->line - 1);
    assert_true(size >= 0);
    close(sink->reader);
    sink->line[size] = '\0';
    if (size == 0)
        return sink->line;
    for (size_t i = 0; i < sizeof form - 1; i++) {
        if (form[i] == '0')
            assert_in_range(sink->line[i], '0', '9');
        else
            assert_int_equal(sink->line[i], form[i]);
    }
    return sink->line + sizeof form - 1;
}

CASE(an_event_is_one_line_of_json)
{
    struct sink sink = open_sink();
    log_event(&sink.log, LOG_WARNING, "slow", log_text("path", "/x"), log_number("took_ms", -7));
    assert_string_equal(logged(&sink), ",\"level\":\"warning\",\"event\":\"slow\",\"path\":\"/x\","
                                       "\"took_ms\":-7}\n");
}

CASE(an_event_may_have_no_field)
{
    struct sink sink = open_sink();
    log_write(&sink.log, LOG_INFO, "stopped", NULL);
    assert_string_equal(logged(&sink), ",\"level\":\"info\",\"event\":\"stopped\"}\n");
}

CASE(a_level_below_the_least_is_left_out)
{
    struct sink sink = open_sink();
    log_write(&sink.log, LOG_DEBUG, "detail", NULL);
    assert_string_equal(logged(&sink), "");
}

CASE(no_text_can_break_the_line)
{
    struct sink sink = open_sink();
    log_event(&sink.log, LOG_INFO, "x", log_text("a", "\"\\\n\x01\x7f"),
              log_text("b", "h\u00e4\U0001F600"), log_text("c", "\xff\xc0\x80\xed\xa0\x80\xe2\x82"),
              log_text("d", NULL));
    assert_string_equal(
        logged(&sink),
        ",\"level\":\"info\",\"event\":\"x\",\"a\":\"\\\"\\\\\\u000a\\u0001\\u007f\","
        "\"b\":\"h\u00e4\U0001F600\",\"c\":\"\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd"
        "\\ufffd\\ufffd\\ufffd\",\"d\":\"\"}\n");
}

CASE(a_long_line_loses_its_last_fields)
{
    char large[LOG_LINE_LIMIT + 1];
    memset(large, 'x', LOG_LINE_LIMIT);
    large[LOG_LINE_LIMIT] = '\0';
    struct sink sink = open_sink();
    log_event(&sink.log, LOG_INFO, "x", log_number("n", 1), log_text("large", large),
              log_number("m", 2));
    assert_string_equal(logged(&sink),
                        ",\"level\":\"info\",\"event\":\"x\",\"n\":1,\"cut\":true}\n");
}

CASE(every_length_near_the_limit_gives_a_whole_line)
{
    for (int length = LOG_LINE_LIMIT - 150; length < LOG_LINE_LIMIT; length++) {
        char text[LOG_LINE_LIMIT + 1];
        memset(text, 'x', (size_t)length);
        text[length] = '\0';
        struct sink sink = open_sink();
        log_event(&sink.log, LOG_INFO, "x", log_text("text", text));
        const char *rest = logged(&sink);
        size_t size = strlen(sink.line);
        assert_in_range(size, 1, LOG_LINE_LIMIT);
        assert_int_equal(sink.line[size - 1], '\n');
        assert_true(strstr(rest, "x\"}\n") || strstr(rest, "\"cut\":true}\n"));
    }
}

CASE(a_secret_is_not_written)
{
    struct sink sink = open_sink();
    log_event(&sink.log, LOG_INFO, "x", log_text("api_token", "wm_1"),
              log_number("password", 4711));
    assert_string_equal(logged(&sink),
                        ",\"level\":\"info\",\"event\":\"x\",\"api_token\":\"(secret)\","
                        "\"password\":\"(secret)\"}\n");
}

CASE(levels_are_found_by_name)
{
    enum log_level level;
    assert_true(log_level_find("error", &level));
    assert_int_equal(level, LOG_ERROR);
    assert_true(log_level_find("debug", &level));
    assert_int_equal(level, LOG_DEBUG);
    assert_false(log_level_find("loud", &level));
}

RUN(T(an_event_is_one_line_of_json), T(an_event_may_have_no_field),
    T(a_level_below_the_least_is_left_out), T(no_text_can_break_the_line),
    T(a_long_line_loses_its_last_fields), T(every_length_near_the_limit_gives_a_whole_line),
    T(a_secret_is_not_written), T(levels_are_found_by_name))
