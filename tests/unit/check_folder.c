#include "unit.h"

#include "base/io.h"
#include "output/folder.h"

#include <sys/stat.h>
#include <unistd.h>

static char base[4096], place[4200];
static struct folder_tree tree;
static struct words fields;
static struct buffer path;

static void setup(void)
{
    snprintf(base, sizeof base, "%s", unit_make_folder());
    snprintf(place, sizeof place, "%s/a/b", base);
    ck_assert_int_eq(folder_tree_open(&tree, place, "/tmp"), 0);
}

static void teardown(void)
{
    folder_tree_close(&tree);
    words_release(&fields);
    buffer_release(&path);
    unit_remove_folder(base);
}

static void check_name(const char *item, size_t length, const char *wanted)
{
    struct buffer name = BUFFER_INIT;
    folder_name((struct item){item, length}, 255, &name);
    buffer_append_byte(&name, '\0');
    ck_assert_str_eq(buffer_bytes(&name), wanted);
    buffer_release(&name);
}

START_TEST(names_are_safe)
{
    check_name("plain name", 10, "plain name");
    check_name("../x", 4, "..\\_x");
    check_name("a\\b", 3, "a\\\\b");
    check_name("a\tb\nc\rd\1", 8, "a\\tb\\nc\\rd\\x01");
    check_name("a\0b", 3, "a\\0b");
    check_name("", 0, "\\");
    check_name(".", 1, "\\.");
    check_name("..", 2, "\\..");
    check_name("...", 3, "...");
}
END_TEST

START_TEST(a_long_name_is_cut_between_characters_and_is_known_by_its_hash)
{
    char item[302], other[302];
    for (size_t i = 0; i < 300; i += 2)
        memcpy(item + i, "\xC3\xA9", 3);
    memcpy(other, item, sizeof item);
    other[299] = '\xA8';
    struct buffer one = BUFFER_INIT, two = BUFFER_INIT, again = BUFFER_INIT;
    folder_name((struct item){item, 300}, 255, &one);
    folder_name((struct item){other, 300}, 255, &two);
    folder_name((struct item){item, 300}, 255, &again);
    ck_assert_uint_le(buffer_length(&one), 255);
    ck_assert_uint_eq(buffer_length(&one), buffer_length(&two));
    ck_assert(memcmp(buffer_bytes(&one), buffer_bytes(&two), buffer_length(&one)) != 0);
    ck_assert(memcmp(buffer_bytes(&one), buffer_bytes(&again), buffer_length(&one)) == 0);
    buffer_append_byte(&one, '\0');
    const char *mark = strstr(buffer_bytes(&one), "\\~");
    ck_assert_ptr_nonnull(mark);
    ck_assert_int_eq(mark[-1], '\xA9');
    buffer_release(&one);
    buffer_release(&two);
    buffer_release(&again);
}
END_TEST

/* The task writes its number to its output. */
static void run_task(uint64_t number, const char *item)
{
    struct folder folder = FOLDER_INIT;
    char text[8];
    words_clear(&fields);
    words_add(&fields, item);
    ck_assert_int_eq(folder_open(&folder, &tree, &fields, number, &path), 0);
    int length = snprintf(text, sizeof text, "%u", (unsigned)number + 1);
    ck_assert_int_eq(io_write_all(folder.files[FOLDER_STDOUT], text, (size_t)length), 0);
    ck_assert_int_eq(folder_close(&folder), 0);
}

static void check_file(const char *name, const char *wanted)
{
    char full[8192], text[64];
    snprintf(full, sizeof full, "%s/%s", place, name);
    ssize_t length = io_read_file(full, text, sizeof text);
    ck_assert_msg(length >= 0, "%s: %s", full, strerror(errno));
    ck_assert_str_eq(text, wanted);
}

static bool is_there(const char *name)
{
    char full[8192];
    snprintf(full, sizeof full, "%s/%s", place, name);
    return access(full, F_OK) == 0;
}

START_TEST(each_field_is_two_folders)
{
    struct folder folder = FOLDER_INIT;
    words_add(&fields, "x");
    words_add(&fields, "y/z");
    ck_assert_int_eq(folder_open(&folder, &tree, &fields, 6, &path), 0);
    ck_assert_int_eq(folder_close(&folder), 0);
    check_file("1/x/2/y\\_z/seq", "7");
    check_file("1/x/2/y\\_z/stdout", "");
    check_file("1/x/2/y\\_z/stderr", "");
}
END_TEST

START_TEST(columns_that_have_names_go_by_them)
{
    const struct item names[] = {{"size", 4}};
    tree.names = names;
    tree.name_count = 1;
    run_task(0, "x");
    check_file("size/x/stdout", "1");
}
END_TEST

START_TEST(a_task_without_fields_goes_by_its_number)
{
    struct folder folder = FOLDER_INIT;
    ck_assert_int_eq(folder_open(&folder, &tree, &fields, 41, &path), 0);
    ck_assert_int_eq(folder_close(&folder), 0);
    check_file("1/42/seq", "42");
}
END_TEST

START_TEST(very_many_fields_are_one_name)
{
    struct folder folder = FOLDER_INIT;
    for (int i = 0; i < 2000; i++)
        words_add(&fields, "item");
    ck_assert_int_eq(folder_open(&folder, &tree, &fields, 0, &path), 0);
    ck_assert_int_eq(folder_close(&folder), 0);
}
END_TEST

/* Whichever comes first. */
START_TEST(of_tasks_with_one_item_the_first_has_the_name)
{
    const uint64_t orders[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}};
    for (size_t i = 0; i < ARRAY_LENGTH(orders); i++) {
        char item[4] = {'i', (char)('0' + i), '\0', '\0'}, name[32];
        for (size_t k = 0; k < 3; k++)
            run_task(orders[i][k], item);
        snprintf(name, sizeof name, "1/%s/stdout", item);
        check_file(name, "1");
        snprintf(name, sizeof name, "1/%s\\~2/stdout", item);
        check_file(name, "2");
        snprintf(name, sizeof name, "1/%s\\~3/seq", item);
        check_file(name, "3");
    }
}
END_TEST

START_TEST(another_try_replaces_the_files)
{
    run_task(5, "x");
    run_task(5, "x");
    check_file("1/x/stdout", "6");
    ck_assert(!is_there("1/x\\~6"));
    run_task(2, "x");
    run_task(5, "x");
    check_file("1/x/stdout", "3");
    check_file("1/x\\~6/stdout", "6");
}
END_TEST

START_TEST(another_run_replaces_the_files)
{
    run_task(5, "x");
    folder_tree_close(&tree);
    ck_assert_int_eq(folder_tree_open(&tree, place, "/tmp"), 0);
    run_task(7, "x");
    check_file("1/x/stdout", "8");
    ck_assert(!is_there("1/x\\~8"));
}
END_TEST

/* The run that did it kept no folders. */
START_TEST(a_task_that_is_left_out_may_have_no_folder)
{
    words_add(&fields, "x");
    ck_assert_int_eq(folder_keep(&tree, &fields, 1, &path), 0);
    run_task(0, "x");
    check_file("1/x/stdout", "1");
    ck_assert(!is_there("1/x\\~2/stdout"));
}
END_TEST

START_TEST(many_claims_are_kept_apart)
{
    for (int round = 0; round < 2; round++)
        for (unsigned i = 0; i < 300; i++) {
            char item[16];
            snprintf(item, sizeof item, "%u", i);
            run_task(i + 300U * (unsigned)round, item);
        }
    check_file("1/299/stdout", "300");
    check_file("1/299\\~600/stdout", "600");
}
END_TEST

START_TEST(a_task_that_is_left_out_keeps_its_folder)
{
    run_task(0, "x");
    folder_tree_close(&tree);
    ck_assert_int_eq(folder_tree_open(&tree, place, "/tmp"), 0);
    ck_assert_int_eq(folder_keep(&tree, &fields, 0, &path), 0);
    run_task(1, "x");
    check_file("1/x/stdout", "1");
    check_file("1/x\\~2/stdout", "2");
}
END_TEST

static int claim_first(void *context)
{
    struct folder folder = FOLDER_INIT;
    (void)context;
    words_add(&fields, "x");
    if (folder_open(&folder, &tree, &fields, 0, &path) < 0 ||
        io_write_all(folder.files[FOLDER_STDOUT], "1", 1) < 0)
        return 1;
    return folder_close(&folder) < 0 ? 2 : 0;
}

START_TEST(workers_know_of_each_other)
{
    ck_assert_int_eq(unit_fork_and_wait(claim_first, NULL), 0);
    run_task(1, "x");
    check_file("1/x/stdout", "1");
    check_file("1/x\\~2/stdout", "2");
}
END_TEST

START_TEST(what_is_in_the_way_is_an_error)
{
    struct folder folder = FOLDER_INIT;
    struct folder_tree other;
    char file[8192];
    snprintf(file, sizeof file, "%s/1", place);
    FILE *made = fopen(file, "w");
    ck_assert_ptr_nonnull(made);
    fclose(made);
    words_add(&fields, "x");
    ck_assert_int_eq(folder_open(&folder, &tree, &fields, 0, &path), -1);
    ck_assert_int_eq(errno, ENOTDIR);
    ck_assert_int_eq(folder.files[FOLDER_STDOUT], -1);
    ck_assert_int_eq(folder_tree_open(&other, file, "/tmp"), -1);
    folder_tree_close(&other);
}
END_TEST

/* On the way, at its end, and where a file is to be: what it leads to stays as it is. */
START_TEST(no_symbolic_link_below_it_is_followed)
{
    static const char *const links[] = {"1", "1/x", "1/x/2", "1/x/2/y", "1/x/2/y/stdout", "1/x/2/y/seq"};
    struct folder folder = FOLDER_INIT;
    char link[8192], outside[8192], victim[9000], text[64];
    snprintf(outside, sizeof outside, "%s/outside", base);
    snprintf(victim, sizeof victim, "%s/stdout", outside);
    ck_assert_int_eq(mkdir(outside, 0700), 0);
    FILE *made = fopen(victim, "w");
    ck_assert_ptr_nonnull(made);
    fputs("mine", made);
    fclose(made);
    words_add(&fields, "x");
    words_add(&fields, "y");
    ck_assert_int_eq(folder_open(&folder, &tree, &fields, 0, &path), 0);
    ck_assert_int_eq(folder_close(&folder), 0);
    for (size_t i = ARRAY_LENGTH(links); i-- > 0;) {
        bool is_file = i >= 4;
        snprintf(link, sizeof link, "%s/%s", place, links[i]);
        unit_remove_folder(link);
        (void)unlink(link);
        ck_assert_int_eq(symlink(is_file ? victim : outside, link), 0);
        ck_assert_int_eq(folder_open(&folder, &tree, &fields, 0, &path), is_file ? 0 : -1);
        if (!is_file)
            ck_assert_int_eq(errno, ELOOP);
        ck_assert_int_eq(folder_close(&folder), 0);
        ck_assert_int_ge(io_read_file(victim, text, sizeof text), 0);
        ck_assert_str_eq(text, "mine");
        ck_assert_int_eq(unlink(link), 0);
    }
}
END_TEST

START_TEST(it_may_be_a_symbolic_link_itself)
{
    char link[4200];
    snprintf(link, sizeof link, "%s/link", base);
    ck_assert_int_eq(symlink(place, link), 0);
    folder_tree_close(&tree);
    ck_assert_int_eq(folder_tree_open(&tree, link, "/tmp"), 0);
    run_task(0, "x");
    check_file("1/x/stdout", "1");
}
END_TEST

UNIT_MAIN("folder")
{
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, names_are_safe);
    tcase_add_test(tests, a_long_name_is_cut_between_characters_and_is_known_by_its_hash);
    tcase_add_test(tests, each_field_is_two_folders);
    tcase_add_test(tests, columns_that_have_names_go_by_them);
    tcase_add_test(tests, a_task_without_fields_goes_by_its_number);
    tcase_add_test(tests, very_many_fields_are_one_name);
    tcase_add_test(tests, of_tasks_with_one_item_the_first_has_the_name);
    tcase_add_test(tests, another_try_replaces_the_files);
    tcase_add_test(tests, another_run_replaces_the_files);
    tcase_add_test(tests, a_task_that_is_left_out_keeps_its_folder);
    tcase_add_test(tests, a_task_that_is_left_out_may_have_no_folder);
    tcase_add_test(tests, many_claims_are_kept_apart);
    tcase_add_test(tests, workers_know_of_each_other);
    tcase_add_test(tests, no_symbolic_link_below_it_is_followed);
    tcase_add_test(tests, it_may_be_a_symbolic_link_itself);
    tcase_add_test(tests, what_is_in_the_way_is_an_error);
}
