#include "unit.h"

#include "options/elsewhere.h"
#include "options/help.h"
#include "options/option_table.h"

#include <ctype.h>

static const struct option_row *row_named(const char *name)
{
    const struct option_row *row;
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++)
        if (row->name != NULL && strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

START_TEST(every_option_has_a_name_or_a_letter_and_none_is_there_twice)
{
    const struct option_row *row;
    const struct option_alias *alias;
    const char *names[2 * OPTION_TABLE_MAX];
    bool letters[256] = {false};
    size_t name_count = 0, rows = 0, aliases = 0;
    for (; (row = option_table_row(rows)) != NULL; rows++) {
        ck_assert(row->name != NULL || row->letter != 0);
        ck_assert(!letters[(unsigned char)row->letter]);
        letters[(unsigned char)row->letter] = row->letter != 0;
        if (row->name != NULL)
            names[name_count++] = row->name;
    }
    for (; (alias = option_table_alias(aliases)) != NULL; aliases++) {
        ck_assert(!letters[(unsigned char)alias->letter]);
        letters[(unsigned char)alias->letter] = alias->letter != 0;
        ck_assert_ptr_nonnull(alias->name);
        names[name_count++] = alias->name;
    }
    ck_assert_uint_lt(rows + aliases, OPTION_TABLE_MAX);
    ck_assert_uint_gt(rows, 40);
    for (size_t i = 0; i < name_count; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(names[i], names[k]);
    ck_assert_ptr_null(option_table_row(rows + 1));
    ck_assert_ptr_null(option_table_alias(aliases + 1));
}
END_TEST

START_TEST(names_are_made_of_small_letters_and_dashes)
{
    const struct option_row *row;
    const struct option_alias *alias;
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        ck_assert(row->letter == 0 || isalnum((unsigned char)row->letter));
        ck_assert(row->name == NULL || strspn(row->name, "abcdefghijklmnopqrstuvwxyz-") == strlen(row->name));
    }
    for (size_t i = 0; (alias = option_table_alias(i)) != NULL; i++)
        ck_assert_uint_eq(strspn(alias->name, "abcdefghijklmnopqrstuvwxyz-"), strlen(alias->name));
}
END_TEST

START_TEST(every_alias_is_one_of_an_option_that_is_there)
{
    const struct option_alias *alias;
    for (size_t i = 0; (alias = option_table_alias(i)) != NULL; i++)
        ck_assert_msg(row_named(alias->of) != NULL, "--%s", alias->of);
}
END_TEST

/* A field at the very beginning is none of theirs: it is `action`. */
START_TEST(every_option_does_something)
{
    const struct option_row *row;
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        ck_assert_msg((row->set != NULL) != (row->field != 0), "row %zu", i);
        ck_assert(row->field < sizeof(struct options));
        ck_assert(row->section < SECTION_COUNT);
        ck_assert_ptr_nonnull(row->help);
        ck_assert(!option_row_is(row, OPTION_ARGUMENT_OPTIONAL) || row->argument != NULL);
        ck_assert(row->argument == NULL || (*row->argument != '\0' && strchr(row->argument, ' ') == NULL));
    }
}
END_TEST

START_TEST(options_without_a_function_set_their_field)
{
    const struct option_row *row;
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        static const char text[] = "text";
        struct options options, before;
        if (row->set != NULL)
            continue;
        memset(&options, 0, sizeof options);
        memset(&before, 0, sizeof before);
        ck_assert_int_eq(option_table_set(&options, row, row->argument != NULL ? text : NULL), 0);
        const char *field = (const char *)&options + row->field;
        const char *const pointer = text;
        size_t size = row->argument != NULL ? sizeof pointer : sizeof(bool);
        ck_assert_mem_eq(field, row->argument != NULL ? (const void *)&pointer : &(bool){true}, size);
        /* And nothing else. */
        memcpy((char *)&before + row->field, field, size);
        ck_assert_mem_eq(&options, &before, sizeof options);
    }
}
END_TEST

/* ---- what is printed ---- */

static char printed[65536];

/* Let `fd` go to a file, and come back. */
static FILE *catch_output(int fd, int *saved)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    fflush(NULL);
    *saved = dup(fd);
    ck_assert_int_eq(dup2(fileno(file), fd), fd);
    return file;
}

static void release_output(int fd, int saved, FILE *file)
{
    fflush(NULL);
    ck_assert_int_eq(dup2(saved, fd), fd);
    close(saved);
    ssize_t length = pread(fileno(file), printed, sizeof printed - 1, 0);
    ck_assert_int_ge(length, 0);
    printed[length] = '\0';
    fclose(file);
}

static void print_help(bool all)
{
    int saved;
    FILE *file = catch_output(STDOUT_FILENO, &saved);
    int result = help_print(all);
    release_output(STDOUT_FILENO, saved, file);
    ck_assert_int_eq(result, 0);
}

static void expect_narrow_lines(void)
{
    for (const char *line = printed; *line != '\0'; line += strcspn(line, "\n") + 1) {
        ck_assert_msg(strcspn(line, "\n") <= 79, "%.*s", (int)strcspn(line, "\n"), line);
        ck_assert_int_ne(line[strcspn(line, "\n")], '\0');
        ck_assert(strcspn(line, "\t") >= strcspn(line, "\n"));
    }
}

START_TEST(each_option_has_a_line_of_help_no_wider_than_79_columns)
{
    const struct option_row *row;
    print_help(true);
    expect_narrow_lines();
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        const char *at = strstr(printed, row->help);
        ck_assert_msg(at != NULL, "%s", row->help);
        /* The name stands before it, and all help begins in one column. */
        const char *line = at;
        while (line > printed && line[-1] != '\n')
            line--;
        char name[64];
        if (row->name != NULL)
            snprintf(name, sizeof name, "--%s", row->name);
        else
            snprintf(name, sizeof name, "-%c", row->letter);
        const char *found = strstr(line, name);
        ck_assert_msg(found != NULL && found < at, "%s", name);
        ck_assert_msg(at - line == 28, "%s: column %zd", name, at - line);
    }
}
END_TEST

START_TEST(the_short_help_fits_a_screen_and_names_every_option)
{
    const struct option_row *row;
    size_t lines = 0;
    print_help(false);
    expect_narrow_lines();
    for (const char *at = printed; *at != '\0'; at++)
        lines += *at == '\n';
    ck_assert_uint_le(lines, 50);
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        char name[64];
        if (row->name != NULL)
            snprintf(name, sizeof name, "--%s", row->name);
        else
            snprintf(name, sizeof name, "-%c", row->letter);
        ck_assert_msg(strstr(printed, name) != NULL, "%s", name);
    }
}
END_TEST

/* ---- completions ---- */

START_TEST(what_completes_an_argument_belongs_to_an_option_that_has_one)
{
    const struct option_row *row;
    size_t files = 0, folders = 0, words_seen = 0;
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        const char *words = NULL;
        enum option_completes what = option_table_completes(row, &words);
        ck_assert(what == COMPLETES_NOTHING || row->argument != NULL);
        ck_assert_int_eq(what == COMPLETES_WORDS, words != NULL);
        files += what == COMPLETES_FILES;
        folders += what == COMPLETES_FOLDERS;
        words_seen += what == COMPLETES_WORDS;
    }
    /* A misspelt name in the list would find no row. */
    ck_assert_uint_ge(files, 1);
    ck_assert_uint_ge(folders, 2);
    ck_assert_uint_ge(words_seen, 5);
}
END_TEST

/* ---- options of others ---- */

static void tell(const char *name)
{
    int saved;
    char word[80];
    snprintf(word, sizeof word, "--%s", name);
    FILE *file = catch_output(STDERR_FILENO, &saved);
    elsewhere_tell(word);
    release_output(STDERR_FILENO, saved, file);
}

static void expect_told(const char *text)
{
    const char *newline = strchr(printed, '\n');
    ck_assert_msg(newline != NULL && newline[1] == '\0', "one line: %s", printed);
    ck_assert_msg(strstr(printed, text) != NULL, "%s: %s", text, printed);
}

/* Of a name of ours: it may begin several of ours, or a longer one that is kept for later, as --block
 * does. */
static void expect_not_told_of(const char *name)
{
    char exact[80];
    snprintf(exact, sizeof exact, "--%s: not supported yet", name);
    ck_assert_msg(strstr(printed, exact) == NULL, "%s: %s", name, printed);
    snprintf(exact, sizeof exact, "--%s-", name);
    if (strstr(printed, "more than one") != NULL)
        expect_told("more than one");
    else if (strstr(printed, exact) != NULL)
        expect_told("not supported yet");
    else
        expect_told("no such option");
}

/* Nothing that is ours is told to be somebody else's. */
START_TEST(no_name_of_ours_is_a_word_of_others_or_kept_for_later)
{
    const struct option_row *row;
    const struct option_alias *alias;
    int saved;
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++) {
        if (row->name != NULL) {
            tell(row->name);
            expect_not_told_of(row->name);
        }
        if (row->letter != 0) {
            FILE *file = catch_output(STDERR_FILENO, &saved);
            elsewhere_tell_letter(row->letter);
            release_output(STDERR_FILENO, saved, file);
            expect_told("no such option");
        }
    }
    for (size_t i = 0; (alias = option_table_alias(i)) != NULL; i++) {
        tell(alias->name);
        expect_not_told_of(alias->name);
        if (alias->letter != 0) {
            FILE *file = catch_output(STDERR_FILENO, &saved);
            elsewhere_tell_letter(alias->letter);
            release_output(STDERR_FILENO, saved, file);
            expect_told("no such option");
        }
    }
}
END_TEST

START_TEST(options_of_others_are_told_what_to_use_instead)
{
    static const struct {
        const char *name, *told;
    } rows[] = {{"citation", "leave it out"},
                {"will-cite", "leave it out"},
                {"tollef", ":::"},
                {"sshlogin", "cpool ssh"},
                {"sshlogin=host", "cpool ssh"},
                {"profile", "CPOOL_OPTS"},
                {"show-limits", "ARG_MAX"},
                {"process-slot-var=X", "$CPOOL_SLOT"},
                {"semaphore", "--semaphore: not supported yet"},
                {"listen", "--listen: not supported yet"},
                {"pip", "did you mean --pipe?"},
                {"block-timeout=1", "--block-timeout: not supported yet"},
                {"block-timeout", "--block-timeout: not supported yet"},
                {"plugi", "--plugin: not supported yet"},
                {"jbos", "did you mean --jobs?"},
                {"max-arg", "--max-args"},
                {"max", "more than one option begins so"},
                {"xyzzy", "no such option"},
                {"", "no such option"},
                {"=", "no such option"},
                {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "no such option"}};
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        tell(rows[i].name);
        expect_told(rows[i].told);
    }
}
END_TEST

UNIT_MAIN("option_table")
{
    tcase_add_test(tests, every_option_has_a_name_or_a_letter_and_none_is_there_twice);
    tcase_add_test(tests, names_are_made_of_small_letters_and_dashes);
    tcase_add_test(tests, every_alias_is_one_of_an_option_that_is_there);
    tcase_add_test(tests, every_option_does_something);
    tcase_add_test(tests, options_without_a_function_set_their_field);
    tcase_add_test(tests, each_option_has_a_line_of_help_no_wider_than_79_columns);
    tcase_add_test(tests, the_short_help_fits_a_screen_and_names_every_option);
    tcase_add_test(tests, what_completes_an_argument_belongs_to_an_option_that_has_one);
    tcase_add_test(tests, no_name_of_ours_is_a_word_of_others_or_kept_for_later);
    tcase_add_test(tests, options_of_others_are_told_what_to_use_instead);
}
