#include "action/file.h"

#include <stdio.h>

#include "../scene.h"
#include "base/limits.h"
#include "platform/blob.h"

static const char pdf[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

static struct upload_file upload_of(const struct scene *scene, const char *name)
{
    return (struct upload_file){
        .engagement_id = scene->engagement.id,
        .name = name,
        .content = {pdf, sizeof pdf - 1},
    };
}

/* Uploads as the actor, declaring a type. */
static enum error upload(struct scene *scene, struct actor actor, const char *declared,
                         struct upload_file *in, struct file *file)
{
    struct stage *stage = scene->stage;
    struct call call = call_by(&stage->app, stage->arena, 1, ACTOR_OPERATOR);
    call.actor = actor;
    call.content_type = declared;
    call.store.viewer.is_agency = actor.kind != ACTOR_CONTACT;
    call.store.viewer.client_id = actor.client_id;
    stage->fault = (struct fault){0};
    return perform_writing(&call, stage->writer, stage->reading, &upload_file_operation, in, file,
                           &stage->fault);
}

CASE(an_upload_is_kept_by_its_hash_and_found_again)
{
    struct scene scene;
    struct file file, shown;
    scene_set(&scene, *state, NULL);
    struct upload_file in = upload_of(&scene, "report.pdf");
    assert_result(scene.stage, upload(&scene, scene.manager, "application/pdf", &in, &file), OK);
    assert_string_equal(file.mime, "application/pdf");
    assert_int_equal(file.size, sizeof pdf - 1);
    assert_true(hash_equal(file.hash, hash_bytes(pdf, sizeof pdf - 1)));
    assert_int_equal(blob_check(scene.stage->app.files_directory, file.hash, NULL), OK);
    struct subject subject = {file.id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.viewer, &show_file_operation, &subject, &shown),
                  OK);
    assert_string_equal(shown.name, "report.pdf");
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &download_file_operation, &subject, &shown), OK);
}

CASE(the_files_of_an_engagement_come_in_pages)
{
    struct scene scene;
    struct file file;
    struct page page;
    scene_set(&scene, *state, NULL);
    for (int i = 0; i < 3; i++) {
        struct upload_file in =
            upload_of(&scene, arena_format(scene.stage->arena, "report %d.pdf", i));
        assert_result(scene.stage, upload(&scene, scene.manager, NULL, &in, &file), OK);
    }
    struct list_files query = {.page.limit = 2, .engagement_id = scene.engagement.id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.payer, &list_files_operation, &query, &page),
                  OK);
    assert_int_equal(page.items.count, 2);
    assert_string_equal(LIST_AT(struct file, page.items, 1)->name, "report 1.pdf");
    query.page.cursor = page.next_cursor;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.payer, &list_files_operation, &query, &page),
                  OK);
    assert_int_equal(page.items.count, 1);
    assert_null(page.next_cursor);
}

static void assert_refused(struct scene *scene, struct upload_file in, const char *declared,
                           enum error expected, const char *field)
{
    struct file file;
    assert_result(scene->stage, upload(scene, scene->manager, declared, &in, &file), expected);
    assert_string_equal(scene->stage->fault.field, field);
}

CASE(a_file_that_is_not_what_it_claims_to_be_is_refused)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    assert_refused(&scene, upload_of(&scene, "report.png"), "image/png", ERROR_UNSUPPORTED_MEDIA,
                   "file");
    assert_refused(&scene, upload_of(&scene, "report.pdf"), "image/png", ERROR_UNSUPPORTED_MEDIA,
                   "file");
    assert_refused(&scene, upload_of(&scene, "report.exe"), NULL, ERROR_UNSUPPORTED_MEDIA, "file");
}

CASE(an_empty_file_and_one_above_the_limit_are_refused)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct upload_file in = upload_of(&scene, "report.pdf");
    in.content.size = 0;
    assert_refused(&scene, in, NULL, ERROR_INVALID, "file");
    in.content.size = UPLOAD_LIMIT + 1; /* refused before a byte of it is read */
    assert_refused(&scene, in, NULL, ERROR_TOO_LARGE, "file");
}

CASE(a_name_that_is_a_path_is_refused)
{
    static const char *const names[] = {
        NULL, "", "../report.pdf", "a/report.pdf", "a\\report.pdf", ".report.pdf", "report\n.pdf"};
    struct scene scene;
    scene_set(&scene, *state, NULL);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_refused(&scene, upload_of(&scene, names[i]), NULL, ERROR_INVALID, "name");
}

CASE(only_who_delivers_may_upload)
{
    struct scene scene;
    struct file file;
    scene_set(&scene, *state, NULL);
    const struct actor others[] = {scene.finance,         scene.auditor, scene.approver,
                                   scene.payer,           scene.viewer,  scene.stranger,
                                   stage_user(USER_SALES)};
    struct upload_file in = upload_of(&scene, "report.pdf");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_result(scene.stage, upload(&scene, others[i], NULL, &in, &file), ERROR_FORBIDDEN);
    assert_result(scene.stage, upload(&scene, scene.owner, NULL, &in, &file), OK);
}

CASE(an_upload_to_no_engagement_is_not_kept)
{
    static const char text[] = "for nobody";
    struct scene scene;
    struct file file;
    scene_set(&scene, *state, NULL);
    struct upload_file in = {
        scene.scenario.client.id, "note.txt", {text, sizeof text - 1}, NULL, {{0}}};
    assert_result(scene.stage, upload(&scene, scene.manager, NULL, &in, &file), ERROR_NOT_FOUND);
    assert_false(blob_exists(scene.stage->app.files_directory, hash_bytes(text, sizeof text - 1)));
}

CASE(another_clients_contact_sees_no_file)
{
    struct scene scene;
    struct file file;
    struct page page;
    scene_set(&scene, *state, NULL);
    struct upload_file in = upload_of(&scene, "report.pdf");
    assert_result(scene.stage, upload(&scene, scene.manager, NULL, &in, &file), OK);
    struct subject subject = {file.id};
    struct list_files query = {.page.limit = 2, .engagement_id = scene.engagement.id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.stranger, &show_file_operation, &subject, &file),
                  ERROR_NOT_FOUND);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.stranger, &download_file_operation, &subject, &file),
        ERROR_NOT_FOUND);
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.stranger, &list_files_operation, &query, &page),
                  ERROR_NOT_FOUND);
}

CASE(a_file_whose_bytes_are_gone_is_trouble_and_not_empty)
{
    static const char text[] = "soon gone";
    struct scene scene;
    struct file file;
    char hex[HASH_HEX_SIZE];
    scene_set(&scene, *state, NULL);
    struct upload_file in = {scene.engagement.id, "note.txt", {text, sizeof text - 1}, NULL, {{0}}};
    assert_result(scene.stage, upload(&scene, scene.manager, NULL, &in, &file), OK);
    hash_to_hex(file.hash, hex);
    assert_int_equal(remove(arena_format(scene.stage->arena, "%s/%.2s/%s",
                                         scene.stage->app.files_directory, hex, hex + 2)),
                     0);
    struct subject subject = {file.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &download_file_operation, &subject, &file),
        ERROR_STORAGE);
}

STAGE_RUN(T(an_upload_is_kept_by_its_hash_and_found_again),
          T(the_files_of_an_engagement_come_in_pages),
          T(a_file_that_is_not_what_it_claims_to_be_is_refused),
          T(an_empty_file_and_one_above_the_limit_are_refused), T(a_name_that_is_a_path_is_refused),
          T(only_who_delivers_may_upload), T(an_upload_to_no_engagement_is_not_kept),
          T(another_clients_contact_sees_no_file),
          T(a_file_whose_bytes_are_gone_is_trouble_and_not_empty))
