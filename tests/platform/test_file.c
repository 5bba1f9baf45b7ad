#include "platform/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../check.h"

struct place {
    struct arena *arena;
    char *directory;
};

static int make_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    place->arena = arena_new();
    place->directory = arena_text(place->arena, "/tmp/waymark-file-XXXXXX");
    *state = place;
    return mkdtemp(place->directory) ? 0 : -1;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    char *command = arena_format(place->arena, "rm -rf '%s'", place->directory);
    int status = system(command);
    arena_free(place->arena);
    free(place);
    return status;
}

static char *path_of(struct place *place, const char *name)
{
    return arena_format(place->arena, "%s/%s", place->directory, name);
}

static int count_files(const char *directory)
{
    int count = 0;
    DIR *list = opendir(directory);
    assert_non_null(list);
    for (struct dirent *entry = readdir(list); entry; entry = readdir(list))
        count += entry->d_name[0] != '.';
    closedir(list);
    return count;
}

static void what_is_written_is_read_back(void **state)
{
    struct place *place = *state;
    char *path = path_of(place, "a");
    char *bytes;
    size_t size;
    assert_int_equal(file_write(path, "one\0two", 7, 0600, NULL), OK);
    assert_int_equal(file_read(place->arena, path, 7, &bytes, &size, NULL), OK);
    assert_int_equal(size, 7);
    assert_memory_equal(bytes, "one\0two", 8);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_int_equal(file_write(path, "", 0, 0644, NULL), OK);
    assert_int_equal(file_read(place->arena, path, 7, &bytes, &size, NULL), OK);
    assert_int_equal(size, 0);
    assert_int_equal(count_files(place->directory), 1);
}

static void a_file_above_the_limit_is_refused(void **state)
{
    struct place *place = *state;
    struct fault fault;
    char *path = path_of(place, "a");
    char *bytes;
    size_t size;
    assert_int_equal(file_write(path, "12345678", 8, 0600, NULL), OK);
    assert_int_equal(file_read(place->arena, path, 7, &bytes, &size, &fault), ERROR_TOO_LARGE);
}

static void a_missing_file_is_not_found(void **state)
{
    struct place *place = *state;
    struct fault fault;
    char *bytes;
    size_t size;
    assert_int_equal(file_read(place->arena, path_of(place, "a"), 7, &bytes, &size, &fault),
                     ERROR_NOT_FOUND);
    assert_int_equal(file_read(place->arena, place->directory, 7, &bytes, &size, &fault),
                     ERROR_STORAGE);
}

static void a_write_that_fails_leaves_the_old_file_and_no_other(void **state)
{
    struct place *place = *state;
    struct fault fault;
    assert_int_equal(directory_make(path_of(place, "full/inside"), 0700, NULL), OK);
    assert_int_equal(file_write(path_of(place, "full"), "new", 3, 0600, &fault), ERROR_STORAGE);
    assert_int_equal(count_files(place->directory), 1);
    assert_int_equal(file_write(path_of(place, "none/a"), "new", 3, 0600, &fault), ERROR_STORAGE);
}

static void a_directory_is_made_with_its_parents(void **state)
{
    struct place *place = *state;
    struct fault fault;
    char *path = path_of(place, "a/b//c");
    assert_int_equal(directory_make(path, 0700, NULL), OK);
    assert_int_equal(directory_make(path, 0700, NULL), OK);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_true(S_ISDIR(status.st_mode));
    assert_int_equal(file_write(path_of(place, "f"), "", 0, 0600, NULL), OK);
    assert_int_equal(directory_make(path_of(place, "f/g"), 0700, &fault), ERROR_STORAGE);
    assert_int_equal(directory_make("", 0700, &fault), ERROR_STORAGE);
}

#define IN_PLACE(sentence) cmocka_unit_test_setup_teardown(sentence, make_place, remove_place)

RUN(IN_PLACE(what_is_written_is_read_back), IN_PLACE(a_file_above_the_limit_is_refused),
    IN_PLACE(a_missing_file_is_not_found),
    IN_PLACE(a_write_that_fails_leaves_the_old_file_and_no_other),
    IN_PLACE(a_directory_is_made_with_its_parents))
