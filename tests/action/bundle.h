/* Evidence bundles, and what the offline verifier says of them. */
#ifndef WAYMARK_TESTS_ACTION_BUNDLE_H
#define WAYMARK_TESTS_ACTION_BUNDLE_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <jansson.h>

#include "../stage.h"
#include "action/evidence_bundle.h"
#include "action/evidence_log.h"

static inline struct log_view bundle_log(struct stage *stage)
{
    struct log_view log;
    assert_result(
        stage, stage_perform(stage, stage_user(USER_OWNER), &show_log_operation, NULL, &log), OK);
    return log;
}

static inline const char *bundle_of(struct stage *stage, struct actor actor,
                                    struct id engagement_id, int64_t from_size)
{
    struct show_evidence in = {engagement_id, from_size};
    struct evidence_file file;
    assert_result(stage, stage_perform(stage, actor, &show_evidence_operation, &in, &file), OK);
    return file.text;
}

/* What waymark-verify says of a bundle: its exit code. */
static inline int bundle_verify(struct stage *stage, const char *bundle)
{
    const char *path = arena_format(stage->arena, "%s/bundle.json", stage->database.folder);
    const char *key = arena_format(stage->arena, "%s/key", stage->database.folder);
    const char *program = getenv("WAYMARK_VERIFY");
    assert_non_null(program);
    FILE *file = fopen(path, "w");
    fputs(bundle, file);
    fclose(file);
    file = fopen(key, "w");
    fprintf(file, "%s\n", bundle_log(stage).verifier_key);
    fclose(file);
    int status = system(arena_format(stage->arena, "'%s' --key-file '%s' '%s' >'%s.out' 2>&1",
                                     program, key, path, path));
    return WEXITSTATUS(status);
}

/* The report of the last verification. */
static inline void bundle_print_report(struct stage *stage)
{
    char line[512];
    FILE *file =
        fopen(arena_format(stage->arena, "%s/bundle.json.out", stage->database.folder), "r");
    while (fgets(line, sizeof line, file))
        print_error("%s", line);
    fclose(file);
}

static inline void assert_bundle_holds(struct stage *stage, const char *bundle)
{
    int result = bundle_verify(stage, bundle);
    if (result != 0)
        bundle_print_report(stage);
    assert_int_equal(result, 0);
}

static inline json_t *bundle_parse(const char *text)
{
    json_t *bundle = json_loads(text, 0, NULL);
    assert_non_null(bundle);
    return bundle;
}

/* How many elements of a list have that value under that key. */
static inline size_t bundle_count(const json_t *bundle, const char *list, const char *key,
                                  const char *value)
{
    size_t i, found = 0;
    const json_t *element;
    json_array_foreach(json_object_get(bundle, list), i, element)
    {
        const json_t *of = json_object_get(element, key);
        found += json_is_string(of) && strcmp(json_string_value(of), value) == 0;
    }
    return found;
}

#endif
