#include "unit.h"

#include "template/replacement.h"

static const struct replacement_names no_names;

START_TEST(parts_of_a_path_are_those_that_basename_and_dirname_find)
{
    static const struct {
        const char *item, *no_suffix, *base, *folder, *stem;
    } rows[] = {
        {"a/b.c", "a/b", "b.c", "a", "b"},
        {"a/b.c.d", "a/b.c", "b.c.d", "a", "b.c"},
        {"b", "b", "b", ".", "b"},
        {"a.d/b", "a.d/b", "b", "a.d", "b"},
        {"/b.c", "/b", "b.c", "/", "b"},
        {"/", "/", "/", "/", "/"},
        {"//x", "//x", "x", "/", "x"},
        {"a//b", "a//b", "b", "a", "b"},
        {"", "", "", ".", ""},
        {".b", "", ".b", ".", ""},
        {"a/.b", "a/", ".b", "a", ""},
        {"a.", "a", "a.", ".", "a"},
        {"a/b/", "a/b/", "b", "a", "b"},
        {"a/b.c//", "a/b.c//", "b.c", "a", "b"},
        {"b/", "b/", "b", ".", "b"},
        {"///", "///", "/", "/", "/"},
        {"a.b/c/d.e", "a.b/c/d", "d.e", "a.b/c", "d"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        const char *const wanted[] = {rows[i].item, rows[i].no_suffix, rows[i].base, rows[i].folder,
                                      rows[i].stem};
        char *exact = malloc(strlen(rows[i].item) + 1);
        memcpy(exact, rows[i].item, strlen(rows[i].item));
        for (size_t part = 0; part < ARRAY_LENGTH(wanted); part++) {
            struct item got =
                replacement_part((enum replacement_part)part, (struct item){exact, strlen(rows[i].item)});
            ck_assert_uint_eq(got.length, strlen(wanted[part]));
            ck_assert_mem_eq(got.bytes, wanted[part], got.length);
        }
        free(exact);
    }
}
END_TEST

/* ---- each form ---- */

static void expect_as(const char *text, size_t length, const struct replacement_names *names,
                      struct replacement wanted)
{
    struct replacement what;
    ck_assert_msg(replacement_at(text, names, &what) == length, "'%s'", text);
    ck_assert_int_eq(what.kind, wanted.kind);
    ck_assert_int_eq(what.part, wanted.part);
    ck_assert_int_eq(what.column, wanted.column);
}

static const struct {
    const char *text;
    struct replacement what;
} forms[] = {
    {"{}", {.part = REPLACEMENT_WHOLE}},
    {"{.}", {.part = REPLACEMENT_NO_SUFFIX}},
    {"{/}", {.part = REPLACEMENT_BASE}},
    {"{//}", {.part = REPLACEMENT_FOLDER}},
    {"{/.}", {.part = REPLACEMENT_STEM}},
    {"{#}", {.kind = REPLACEMENT_NUMBER}},
    {"{%}", {.kind = REPLACEMENT_SLOT}},
    {"{##}", {.kind = REPLACEMENT_TOTAL}},
    {"{1}", {.column = 1}},
    {"{2.}", {.column = 2, .part = REPLACEMENT_NO_SUFFIX}},
    {"{3/}", {.column = 3, .part = REPLACEMENT_BASE}},
    {"{4//}", {.column = 4, .part = REPLACEMENT_FOLDER}},
    {"{12/.}", {.column = 12, .part = REPLACEMENT_STEM}},
    {"{-1}", {.column = -1}},
    {"{-2/.}", {.column = -2, .part = REPLACEMENT_STEM}},
    {"{007}", {.column = 7}},
    {"{999999}", {.column = 999999}},
};

START_TEST(each_form_is_recognized_alone_and_with_text_behind_it)
{
    char longer[64];
    expect_as(forms[_i].text, strlen(forms[_i].text), &no_names, forms[_i].what);
    snprintf(longer, sizeof longer, "%s}x{}", forms[_i].text);
    expect_as(longer, strlen(forms[_i].text), &no_names, forms[_i].what);
}
END_TEST

static const char *const others[] = {
    "",      "}",      "{",      "{.",   "{x}",       "{ }",   "{print $1}", "{///}",      "{..}",
    "{/./}", "{0}",    "{-0}",   "{-}",  "{+1}",      "{1 }",  "{ 1}",       "{1x}",       "{1-}",
    "{###}", "{%%}",   "{#.}",   "{1#}", "{\"a\":1}", "{1,2}", "{a..c}",     "{99999999}", "{1{}",
    "x{}",   "{-1-1}", "{name}", "{{}",  "{\n}",      "{?}",   "{./}",
};

START_TEST(other_braces_are_none)
{
    struct replacement what;
    ck_assert_msg(replacement_at(others[_i], &no_names, &what) == 0, "'%s'", others[_i]);
}
END_TEST

START_TEST(a_column_too_large_for_a_number_is_none)
{
    struct replacement what;
    ck_assert_uint_eq(replacement_at("{99999999999999999999}", &no_names, &what), 0);
    ck_assert_uint_eq(replacement_at("{-99999999999999999999/.}", &no_names, &what), 0);
}
END_TEST

/* ---- names ---- */

static const struct item names[] = {{"first", 5}, {"a b", 3}, {"", 0}, {"x.y", 3}, {"2", 1}, {"first", 5}};
static const struct replacement_names named = {.names = names, .name_count = ARRAY_LENGTH(names)};

START_TEST(names_of_columns_stand_for_them)
{
    expect_as("{first}", 7, &named, (struct replacement){.column = 1});
    expect_as("{first/.}", 9, &named, (struct replacement){.column = 1, .part = REPLACEMENT_STEM});
    expect_as("{a b//}", 7, &named, (struct replacement){.column = 2, .part = REPLACEMENT_FOLDER});
    expect_as("{x.y.}", 6, &named, (struct replacement){.column = 4, .part = REPLACEMENT_NO_SUFFIX});
    /* A name comes before a number. */
    expect_as("{2}", 3, &named, (struct replacement){.column = 5});
    expect_as("{1}", 3, &named, (struct replacement){.column = 1});
    /* And no name before the item. */
    expect_as("{}", 2, &named, (struct replacement){.column = 0});
    expect_as("{.}", 3, &named, (struct replacement){.part = REPLACEMENT_NO_SUFFIX});
    static const char *const unknown[] = {"{firs}", "{firstx}", "{First}", "{first", "{a}", "{x.}"};
    struct replacement what;
    for (size_t i = 0; i < ARRAY_LENGTH(unknown); i++)
        ck_assert_uint_eq(replacement_at(unknown[i], &named, &what), 0);
}
END_TEST

/* ---- -I ---- */

START_TEST(another_text_can_stand_for_the_item_and_then_all_braces_are_text)
{
    const struct replacement_names text = {.item = "ITEM"};
    struct replacement what;
    expect_as("ITEM", 4, &text, (struct replacement){.column = 0});
    expect_as("ITEMS", 4, &text, (struct replacement){.column = 0});
    ck_assert_uint_eq(replacement_at("{}", &text, &what), 0);
    ck_assert_uint_eq(replacement_at("ITE", &text, &what), 0);
    ck_assert_uint_eq(replacement_at("item", &text, &what), 0);
    static const char *const left_alone[] = {"{.}", "{1}", "{#}", "{##}", "{%}", "{first}"};
    const struct replacement_names with_names = {.item = "{}", .names = names, .name_count = 1};
    for (size_t i = 0; i < ARRAY_LENGTH(left_alone); i++) {
        ck_assert_uint_eq(replacement_at(left_alone[i], &text, &what), 0);
        ck_assert_uint_eq(replacement_at(left_alone[i], &with_names, &what), 0);
    }
    expect_as("{}", 2, &with_names, (struct replacement){.column = 0});
}
END_TEST

/* ---- within a word ---- */

START_TEST(a_brace_behind_a_dollar_is_the_shells)
{
    struct replacement what;
    static const char *const words[] = {"${}", "x${1}", "${#}", "$${}", "${.}"};
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        const char *at = strchr(words[i], '{');
        ck_assert_uint_eq(replacement_in(words[i], at, &no_names, &what), 0);
    }
    const char *word = "$x{}";
    ck_assert_uint_eq(replacement_in(word, word + 2, &no_names, &what), 2);
    word = "$ {}";
    ck_assert_uint_eq(replacement_in(word, word + 2, &no_names, &what), 2);
    word = "{}";
    ck_assert_uint_eq(replacement_in(word, word, &no_names, &what), 2);
    const struct replacement_names text = {.item = "ITEM"};
    word = "$ITEM";
    ck_assert_uint_eq(replacement_in(word, word + 1, &text, &what), 4);
}
END_TEST

UNIT_MAIN("replacement")
{
    tcase_add_test(tests, parts_of_a_path_are_those_that_basename_and_dirname_find);
    tcase_add_loop_test(tests, each_form_is_recognized_alone_and_with_text_behind_it, 0, ARRAY_LENGTH(forms));
    tcase_add_loop_test(tests, other_braces_are_none, 0, ARRAY_LENGTH(others));
    tcase_add_test(tests, a_column_too_large_for_a_number_is_none);
    tcase_add_test(tests, names_of_columns_stand_for_them);
    tcase_add_test(tests, another_text_can_stand_for_the_item_and_then_all_braces_are_text);
    tcase_add_test(tests, a_brace_behind_a_dollar_is_the_shells);
}
