#include "unit.h"

#include "cli/template.h"

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* What became of the words, each in angle brackets; or why not. */
static char expanded[4096];
static const char *why;

static int expand(const char *const *words, const char *items, size_t length, unsigned char delimiter)
{
    struct template template;
    struct command_arguments arguments = {.count = 0};
    char *copies[16];
    size_t count = 0;

    for (; words[count] != NULL; count++)
        copies[count] = strdup(words[count]);
    /* Exactly as large as it says, so that a sanitizer sees a step too far. */
    char *exact = malloc(length == 0 ? 1 : length);
    memcpy(exact, items, length);
    const struct command_task task = {
        .number = 6, .worker = 2, .items = exact, .length = length, .delimiter = delimiter};

    template_compile(&template, copies, count);
    int result = template_expand(&template, &task, &arguments, &why);
    char *at = expanded;
    *at = '\0';
    for (size_t i = 0; result == 0 && i < arguments.count; i++)
        at += snprintf(at, sizeof expanded - (size_t)(at - expanded), "<%s>",
                       buffer_bytes(&arguments.text) + arguments.offsets[i]);
    template_release(&template);
    buffer_release(&arguments.text);
    free(arguments.offsets);
    free(exact);
    while (count > 0)
        free(copies[--count]);
    return result;
}

static void expect(const char *const *words, const char *items, const char *wanted)
{
    ck_assert_int_eq(expand(words, items, strlen(items), '\n'), 0);
    ck_assert_str_eq(expanded, wanted);
}

START_TEST(the_item_is_appended_where_nothing_stands_for_it)
{
    expect(WORDS("echo"), "a b\n", "<echo><a b>");
    expect(WORDS("echo", "x"), "a", "<echo><x><a>");
    expect(WORDS("echo", "{#}", "{%}"), "a\n", "<echo><7><3><a>");
}
END_TEST

START_TEST(the_item_goes_where_it_is_wanted)
{
    expect(WORDS("cp", "{}", "to/{}.bak"), "a b\n", "<cp><a b><to/a b.bak>");
    expect(WORDS("echo", "{}{}", "-{}-{}-"), "x\n", "<echo><xx><-x-x->");
    expect(WORDS("{}", "y"), "x\n", "<x><y>");
}
END_TEST

static const struct {
    const char *item, *no_suffix, *base, *folder, *stem;
} paths[] = {
    {"a/b.c", "a/b", "b.c", "a", "b"},   {"a/b.c.d", "a/b.c", "b.c.d", "a", "b.c"}, {"b", "b", "b", ".", "b"},
    {"a.d/b", "a.d/b", "b", "a.d", "b"}, {"/b.c", "/b", "b.c", "/", "b"},           {"/", "/", "", "/", ""},
    {"//x", "//x", "x", "/", "x"},       {"a//b", "a//b", "b", "a", "b"},           {"", "", "", ".", ""},
};

START_TEST(parts_of_a_path_are_those_that_basename_and_dirname_find)
{
    char wanted[256];
    snprintf(wanted, sizeof wanted, "<e><%s><%s><%s><%s>", paths[_i].no_suffix, paths[_i].base,
             paths[_i].folder, paths[_i].stem);
    char line[64];
    snprintf(line, sizeof line, "%s\n", paths[_i].item);
    expect(WORDS("e", "{.}", "{/}", "{//}", "{/.}"), line, wanted);
}
END_TEST

START_TEST(other_braces_stay_as_they_are)
{
    static const char *const words[] = {"{", "}", "{x}", "{print $1}", "{ }", "{///}", "{.", "{..}", "{/./}"};
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        char wanted[64];
        ck_assert(!template_is_used_in(words[i]));
        snprintf(wanted, sizeof wanted, "<e><%s><a>", words[i]);
        expect(WORDS("e", words[i]), "a\n", wanted);
    }
    expect(WORDS("e", "{{}}", "{}}", "{{}"), "a\n", "<e><{a}><a}><{a>");
}
END_TEST

START_TEST(each_replacement_string_is_seen)
{
    static const char *const words[] = {"{}",  "{.}", "{/}",  "{//}", "{/.}",
                                        "{#}", "{%}", "x{}y", "{{}",  "{x}{}"};
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        ck_assert(template_is_used_in(words[i]));
    ck_assert(!template_is_used_in(""));
}
END_TEST

START_TEST(several_items_become_several_words)
{
    expect(WORDS("e"), "a\nb\nc\n", "<e><a><b><c>");
    expect(WORDS("e", "{}", "z"), "a\nb\n", "<e><a><b><z>");
    expect(WORDS("e", "x{}y"), "a\nb\nc\n", "<e><xa><b><cy>");
    expect(WORDS("e", "{/.}"), "p/a.c\nb.d", "<e><a><b>");
    expect(WORDS("e", "{#}:", "{}"), "a\nb\n", "<e><7:><a><b>");
}
END_TEST

START_TEST(empty_items_are_items)
{
    expect(WORDS("e"), "\n", "<e><>");
    expect(WORDS("e", "{}"), "\n\na\n", "<e><><><a>");
    expect(WORDS("e", "x{}y"), "\n", "<e><xy>");
    expect(WORDS("", ""), "a", "<><><a>");
}
END_TEST

START_TEST(an_item_is_never_looked_at_for_replacement_strings)
{
    expect(WORDS("e", "{}", "{/}"), "{#}/{}\n", "<e><{#}/{}><{}>");
}
END_TEST

START_TEST(the_delimiter_decides_what_is_in_an_item)
{
    ck_assert_int_eq(expand(WORDS("e"), "a\nb\0c\n\0", 7, '\0'), 0);
    ck_assert_str_eq(expanded, "<e><a\nb><c\n>");
    ck_assert_int_eq(expand(WORDS("e"), "a,b\n", 4, ','), 0);
    ck_assert_str_eq(expanded, "<e><a><b\n>");
}
END_TEST

START_TEST(a_nul_byte_inside_an_item_is_refused_with_the_reason)
{
    ck_assert_int_eq(expand(WORDS("e"), "a\0b\n", 4, '\n'), -1);
    ck_assert_ptr_nonnull(strstr(why, "NUL"));
}
END_TEST

START_TEST(what_the_program_is_may_depend_on_the_item)
{
    struct template template;
    char fixed[] = "echo", open[] = "./{}", argument[] = "{}";
    template_compile(&template, (char *const[]){fixed, argument}, 2);
    ck_assert(template.fixed_program);
    ck_assert(template.uses_items);
    ck_assert_uint_eq(template.words, 2);
    template_release(&template);
    template_compile(&template, (char *const[]){open}, 1);
    ck_assert(!template.fixed_program);
    template_release(&template);
}
END_TEST

UNIT_MAIN("template")
{
    tcase_add_test(tests, the_item_is_appended_where_nothing_stands_for_it);
    tcase_add_test(tests, the_item_goes_where_it_is_wanted);
    tcase_add_loop_test(tests, parts_of_a_path_are_those_that_basename_and_dirname_find, 0,
                        ARRAY_LENGTH(paths));
    tcase_add_test(tests, other_braces_stay_as_they_are);
    tcase_add_test(tests, each_replacement_string_is_seen);
    tcase_add_test(tests, several_items_become_several_words);
    tcase_add_test(tests, empty_items_are_items);
    tcase_add_test(tests, an_item_is_never_looked_at_for_replacement_strings);
    tcase_add_test(tests, the_delimiter_decides_what_is_in_an_item);
    tcase_add_test(tests, a_nul_byte_inside_an_item_is_refused_with_the_reason);
    tcase_add_test(tests, what_the_program_is_may_depend_on_the_item);
}
