#include "platform/blob.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../check.h"

/* ---- system calls that fail on order (linked with --wrap) ---------------------------------- */

static int calls_until_failure = -1; /* -1: none fails */
static int failure = ENOSPC;
static bool short_writes;

static bool must_fail_now(void)
{
    if (calls_until_failure < 0 || calls_until_failure-- > 0)
        return false;
    errno = failure;
    return true;
}

ssize_t __real_write(int descriptor, const void *bytes, size_t size);
ssize_t __wrap_write(int descriptor, const void *bytes, size_t size);
ssize_t __wrap_write(int descriptor, const void *bytes, size_t size)
{
    if (must_fail_now())
        return -1;
    return __real_write(descriptor, bytes, short_writes && size > 1 ? size / 2 : size);
}

int __real_fsync(int descriptor);
int __wrap_fsync(int descriptor);
int __wrap_fsync(int descriptor)
{
    return must_fail_now() ? -1 : __real_fsync(descriptor);
}

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to)
{
    return must_fail_now() ? -1 : __real_rename(from, to);
}

int __real_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode)
{
    return must_fail_now() ? -1 : __real_mkdir(path, mode);
}

int __real_fchmod(int descriptor, mode_t mode);
int __wrap_fchmod(int descriptor, mode_t mode);
int __wrap_fchmod(int descriptor, mode_t mode)
{
    return must_fail_now() ? -1 : __real_fchmod(descriptor, mode);
}

/* ---- a store of its own for each test ------------------------------------------------------ */

struct place {
    struct arena *arena;
    char *directory;
};

static int make_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    place->arena = arena_new();
    place->directory = arena_text(place->arena, "/tmp/waymark-blob-XXXXXX");
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

/* SHA-256 of "abc", FIPS 180-4. */
static const char abc_hex[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static struct hash abc_hash(void)
{
    struct hash hash;
    assert_true(hash_from_hex(abc_hex, &hash));
    return hash;
}

static char *abc_path(struct place *place)
{
    return arena_format(place->arena, "%s/ba/%s", place->directory, abc_hex + 2);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* Entries of the store's own directory, without the directories of finished files. */
static int count_unfinished(const char *directory)
{
    int count = 0;
    DIR *list = opendir(directory);
    assert_non_null(list);
    for (struct dirent *entry = readdir(list); entry; entry = readdir(list))
        count += entry->d_type == DT_REG;
    closedir(list);
    return count;
}

static void assert_holds_abc(struct place *place)
{
    const char *bytes;
    size_t size;
    assert_int_equal(blob_read(place->directory, abc_hash(), 3, place->arena, &bytes, &size, NULL),
                     OK);
    assert_int_equal(size, 3);
    assert_string_equal(bytes, "abc");
    assert_int_equal(blob_check(place->directory, abc_hash(), NULL), OK);
}

/* ---- the tests ----------------------------------------------------------------------------- */

static void what_is_put_is_found_by_its_hash(void **state)
{
    struct place *place = *state;
    struct hash hash;
    assert_false(blob_exists(place->directory, abc_hash()));
    assert_int_equal(blob_put(place->directory, "abc", 3, &hash, NULL), OK);
    assert_true(hash_equal(hash, abc_hash()));
    assert_true(blob_exists(place->directory, hash));
    assert_holds_abc(place);
    struct stat status;
    assert_int_equal(stat(abc_path(place), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(count_unfinished(place->directory), 0);
}

static void equal_bytes_are_one_file(void **state)
{
    struct place *place = *state;
    struct hash first;
    struct hash second;
    assert_int_equal(blob_put(place->directory, "abc", 3, &first, NULL), OK);
    assert_int_equal(blob_put(place->directory, "abc", 3, &second, NULL), OK);
    assert_true(hash_equal(first, second));
    assert_holds_abc(place);
}

static void an_empty_file_is_a_file(void **state)
{
    struct place *place = *state;
    struct hash hash;
    const char *bytes;
    size_t size;
    assert_int_equal(blob_put(place->directory, "", 0, &hash, NULL), OK);
    assert_int_equal(blob_read(place->directory, hash, 0, place->arena, &bytes, &size, NULL), OK);
    assert_int_equal(size, 0);
    assert_int_equal(blob_check(place->directory, hash, NULL), OK);
}

static void pieces_make_the_same_file_as_the_whole(void **state)
{
    struct place *place = *state;
    enum { SIZE = 300 * 1000 };
    char *bytes = arena_alloc(place->arena, SIZE);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)(i * 7 + i / 251);
    struct blob_writer *writer;
    struct hash hash;
    assert_int_equal(blob_begin(place->directory, &writer, NULL), OK);
    for (size_t at = 0, step = 1; at < SIZE; at += step, step = step * 3 + 1) {
        size_t size = step < SIZE - at ? step : SIZE - at;
        assert_int_equal(blob_append(writer, bytes + at, size, NULL), OK);
    }
    assert_int_equal(blob_finish(writer, &hash, NULL), OK);
    assert_true(hash_equal(hash, hash_bytes(bytes, SIZE)));
    assert_int_equal(blob_check(place->directory, hash, NULL), OK);
}

static void an_abandoned_file_leaves_nothing(void **state)
{
    struct place *place = *state;
    struct blob_writer *writer;
    assert_int_equal(blob_begin(place->directory, &writer, NULL), OK);
    assert_int_equal(blob_append(writer, "abc", 3, NULL), OK);
    assert_int_equal(count_unfinished(place->directory), 1);
    blob_abandon(writer);
    assert_int_equal(count_unfinished(place->directory), 0);
    assert_false(blob_exists(place->directory, abc_hash()));
}

static void an_open_file_can_be_read_by_others(void **state)
{
    struct place *place = *state;
    struct hash hash;
    int descriptor;
    int64_t size;
    char bytes[8];
    assert_int_equal(blob_open(place->directory, abc_hash(), &descriptor, &size, NULL),
                     ERROR_NOT_FOUND);
    assert_int_equal(blob_put(place->directory, "abc", 3, &hash, NULL), OK);
    assert_int_equal(blob_open(place->directory, hash, &descriptor, &size, NULL), OK);
    assert_int_equal(size, 3);
    assert_int_equal(read(descriptor, bytes, sizeof bytes), 3);
    assert_memory_equal(bytes, "abc", 3);
    assert_int_equal(fcntl(descriptor, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    close(descriptor);
}

static void what_is_not_there_is_not_found(void **state)
{
    struct place *place = *state;
    const char *bytes;
    size_t size;
    assert_int_equal(blob_read(place->directory, abc_hash(), 9, place->arena, &bytes, &size, NULL),
                     ERROR_NOT_FOUND);
    assert_int_equal(blob_check(place->directory, abc_hash(), NULL), ERROR_NOT_FOUND);
}

static void a_file_above_the_limit_is_not_read(void **state)
{
    struct place *place = *state;
    struct hash hash;
    const char *bytes;
    size_t size;
    assert_int_equal(blob_put(place->directory, "abc", 3, &hash, NULL), OK);
    assert_int_equal(blob_read(place->directory, hash, 2, place->arena, &bytes, &size, NULL),
                     ERROR_TOO_LARGE);
}

static void damage_is_noticed_and_mended_by_putting_again(void **state)
{
    static const char *const damages[] = {"abd", "ab", "abcd", ""};
    struct place *place = *state;
    struct hash hash;
    const char *bytes;
    size_t size;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        assert_int_equal(blob_put(place->directory, "abc", 3, &hash, NULL), OK);
        write_file(abc_path(place), damages[i]);
        assert_int_equal(blob_check(place->directory, hash, NULL), ERROR_CHECK_FAILED);
        assert_int_equal(blob_read(place->directory, hash, 9, place->arena, &bytes, &size, NULL),
                         ERROR_INTERNAL);
    }
    assert_int_equal(blob_put(place->directory, "abc", 3, &hash, NULL), OK);
    assert_holds_abc(place);
}

static void a_failure_at_any_step_leaves_no_half_file(void **state)
{
    static const int failures[] = {ENOSPC, EIO, EDQUOT, EROFS};
    struct place *place = *state;
    int steps = 0;
    for (enum error error = ERROR_STORAGE; error; steps++) {
        struct hash hash;
        struct fault fault = {0};
        failure = failures[steps % 4];
        calls_until_failure = steps;
        error = blob_put(place->directory, "abc", 3, &hash, &fault);
        calls_until_failure = -1;
        assert_int_equal(count_unfinished(place->directory), 0);
        if (!error)
            break;
        assert_int_equal(error, ERROR_STORAGE);
        assert_non_null(strstr(fault.detail, strerror(failure)));
        if (blob_exists(place->directory, abc_hash()))
            assert_int_equal(blob_check(place->directory, abc_hash(), NULL), OK);
    }
    /* fchmod, write, mkdir, fsync of the store, fsync of the file, rename, fsync of its directory
     */
    assert_int_equal(steps, 7);
    assert_holds_abc(place);
}

static void short_writes_are_continued(void **state)
{
    struct place *place = *state;
    char *bytes = arena_alloc(place->arena, 100 * 1000);
    struct hash hash;
    memset(bytes, 'x', 100 * 1000);
    short_writes = true;
    enum error error = blob_put(place->directory, bytes, 100 * 1000, &hash, NULL);
    short_writes = false;
    assert_int_equal(error, OK);
    assert_int_equal(blob_check(place->directory, hash, NULL), OK);
}

static void a_real_limit_of_the_machine_is_trouble(void **state)
{
    struct place *place = *state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit limit = {.rlim_cur = 4096, .rlim_max = 4096};
        char *bytes = calloc(1, 8192);
        struct hash hash;
        signal(SIGXFSZ, SIG_IGN);
        bool refused = setrlimit(RLIMIT_FSIZE, &limit) == 0 &&
                       blob_put(place->directory, bytes, 8192, &hash, NULL) == ERROR_STORAGE;
        _exit(refused ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(count_unfinished(place->directory), 0);
}

static void a_store_that_is_missing_is_trouble(void **state)
{
    struct place *place = *state;
    char *missing = arena_format(place->arena, "%s/missing", place->directory);
    struct hash hash;
    assert_int_equal(blob_put(missing, "abc", 3, &hash, NULL), ERROR_STORAGE);
    assert_int_equal(blob_sweep(missing, 0, NULL), ERROR_STORAGE);
    char *endless = arena_alloc(place->arena, 5000);
    memset(endless, 'x', 4999);
    assert_int_equal(blob_put(endless, "abc", 3, &hash, NULL), ERROR_STORAGE);
    assert_false(blob_exists(endless, abc_hash()));
}

static void the_broom_takes_only_old_unfinished_files(void **state)
{
    struct place *place = *state;
    struct hash hash;
    struct blob_writer *writer;
    struct stat status;
    assert_int_equal(blob_put(place->directory, "abc", 3, &hash, NULL), OK);
    write_file(arena_format(place->arena, "%s/README", place->directory), "keep me");
    assert_int_equal(blob_begin(place->directory, &writer, NULL), OK);
    assert_int_equal(stat(abc_path(place), &status), 0);
    int64_t now_ms = (int64_t)status.st_mtime * 1000;
    assert_int_equal(blob_sweep(place->directory, now_ms + 3500 * 1000, NULL), OK);
    assert_int_equal(count_unfinished(place->directory), 2);
    assert_int_equal(blob_sweep(place->directory, now_ms + 3700 * 1000, NULL), OK);
    assert_int_equal(count_unfinished(place->directory), 1);
    assert_holds_abc(place);
    assert_int_equal(blob_finish(writer, &hash, NULL), ERROR_STORAGE);
}

static void *put_many(void *directory)
{
    intptr_t failures = 0;
    for (int i = 0; i < 50; i++) {
        char text[16];
        int size = snprintf(text, sizeof text, "blob %d", i % 5);
        struct hash hash;
        failures += blob_put(directory, text, (size_t)size, &hash, NULL) != OK;
        failures += blob_check(directory, hash, NULL) != OK;
    }
    return (void *)failures;
}

static void threads_may_put_the_same_bytes_together(void **state)
{
    struct place *place = *state;
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, put_many, place->directory), 0);
    for (int i = 0; i < 4; i++) {
        void *failures;
        assert_int_equal(pthread_join(threads[i], &failures), 0);
        assert_null(failures);
    }
    assert_int_equal(count_unfinished(place->directory), 0);
}

#define P(sentence) cmocka_unit_test_setup_teardown(sentence, make_place, remove_place)

RUN(P(what_is_put_is_found_by_its_hash), P(equal_bytes_are_one_file), P(an_empty_file_is_a_file),
    P(pieces_make_the_same_file_as_the_whole), P(an_abandoned_file_leaves_nothing),
    P(an_open_file_can_be_read_by_others), P(what_is_not_there_is_not_found),
    P(a_file_above_the_limit_is_not_read), P(damage_is_noticed_and_mended_by_putting_again),
    P(a_failure_at_any_step_leaves_no_half_file), P(short_writes_are_continued),
    P(a_real_limit_of_the_machine_is_trouble), P(a_store_that_is_missing_is_trouble),
    P(the_broom_takes_only_old_unfinished_files), P(threads_may_put_the_same_bytes_together))
