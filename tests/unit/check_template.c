#include "unit.h"

#include "base/buffer.h"
#include "template/roles.h"

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* What a template is made of; reset before each test. */
static struct template_setup setup;
static struct columns columns;
static const char *variables[4];
static struct template_word *roles;
static struct template template;
static struct command_line line;

/* What became of the words, each in angle brackets, programs with | between; or why not. */
static char expanded[65536];
static const char *why;
static char *why_not_compiled;

static void begin(void)
{
    setup = (struct template_setup){.columns = &columns, .variables = variables};
    columns = (struct columns){0};
}

static void forget(void)
{
    template_release(&template);
    words_release(&line.arguments);
    words_release(&line.variables);
    words_release(&line.directory);
    free(why_not_compiled);
    why_not_compiled = NULL;
    free(roles);
    roles = NULL;
}

static void end(void)
{
    forget();
    columns_release(&columns);
}

static int compile(const char *const *words)
{
    forget();
    static const char *kept[16]; /* what is compiled must outlive the template */
    for (setup.count = 0; words[setup.count] != NULL; setup.count++)
        kept[setup.count] = words[setup.count];
    setup.words = (char *const *)(uintptr_t)kept;
    const struct roles_setup words_setup = {
        .words = setup.words, .count = setup.count, .names = &setup.names};
    setup.roles = roles = roles_find(&words_setup);
    ck_assert_ptr_nonnull(roles);
    int result = template_compile(&template, &setup, &why_not_compiled);
    ck_assert_int_eq(result == 0, why_not_compiled == NULL);
    return result;
}

static void show(struct words *words)
{
    char *at = expanded;
    *at = '\0';
    char **vector = words_vector(words), **word = vector;
    for (size_t i = 0; i < words->count; i++) {
        const bool is_break = words->offsets[i] == WORDS_BREAK;
        ck_assert_int_eq(is_break, *word == NULL);
        at += snprintf(at, sizeof expanded - (size_t)(at - expanded), is_break ? "|" : "<%s>", *word);
        if (is_break)
            word = vector = words_next_vector(vector);
        else
            word++;
    }
    ck_assert_ptr_null(*word);
}

static int expand_bytes(const char *items, size_t length, int delimiter)
{
    /* Exactly as large as it says, so that a sanitizer sees a step too far. */
    char *exact = malloc(length == 0 ? 1 : length);
    memcpy(exact, items, length);
    const struct command_task task = {.number = 6, .worker = 2, .items = {exact, length, delimiter}};
    words_clear(&line.arguments);
    words_clear(&line.variables);
    words_clear(&line.directory);
    int result = template_expand(&template, &task, &line, &why);
    ck_assert_int_eq(result == 0, why == NULL);
    free(exact);
    if (result == 0)
        show(&line.arguments);
    return result;
}

/* For the items that are the lines of `items`. */
static void expect_items(const char *items, const char *wanted)
{
    ck_assert_int_eq(expand_bytes(items, strlen(items), '\n'), 0);
    ck_assert_str_eq(expanded, wanted);
}

static void expect(const char *const *words, const char *items, const char *wanted)
{
    ck_assert_int_eq(compile(words), 0);
    expect_items(items, wanted);
}

/* ---- words ---- */

START_TEST(the_item_is_appended_where_nothing_stands_for_anything)
{
    expect(WORDS("echo"), "a b\n", "<echo><a b>");
    expect(WORDS("echo", "x"), "a", "<echo><x><a>");
    expect(WORDS("echo", "{#}", "{%}"), "a\n", "<echo><7><3>");
    expect(WORDS("echo", "{x}", "${}"), "a\n", "<echo><{x}><${}><a>");
}
END_TEST

START_TEST(the_item_goes_where_it_is_wanted)
{
    expect(WORDS("cp", "{}", "to/{}.bak"), "a b\n", "<cp><a b><to/a b.bak>");
    expect(WORDS("echo", "{}{}", "-{}-{}-"), "x\n", "<echo><xx><-x-x->");
    expect(WORDS("{}", "y"), "x\n", "<x><y>");
    expect(WORDS("e", "{.}", "{/}", "{//}", "{/.}"), "a/b.c", "<e><a/b><b.c><a><b>");
    expect(WORDS("e", "{#}{%}{}"), "x", "<e><73x>");
}
END_TEST

START_TEST(other_braces_stay_as_they_are)
{
    static const char *const words[] = {"{",  "}",    "{x}",   "{print $1}", "{ }",  "{///}",
                                        "{.", "{..}", "{/./}", "${}",        "${1}", "{\"a\": 1}"};
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        char wanted[64];
        ck_assert(!template_is_used_in(words[i], &setup.names));
        snprintf(wanted, sizeof wanted, "<e><%s><a>", words[i]);
        expect(WORDS("e", words[i]), "a\n", wanted);
    }
    expect(WORDS("e", "{{}}", "{}}", "{{}"), "a\n", "<e><{a}><a}><{a>");
}
END_TEST

START_TEST(each_replacement_string_is_seen)
{
    static const char *const words[] = {"{}",   "{.}",  "{/}", "{//}",  "{/.}", "{#}",   "{%}",
                                        "{##}", "x{}y", "{{}", "{x}{}", "{1}",  "{-1/.}"};
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        ck_assert(template_is_used_in(words[i], &setup.names));
    ck_assert(!template_is_used_in("", &setup.names));
}
END_TEST

START_TEST(several_items_become_several_words)
{
    expect(WORDS("e"), "a\nb\nc\n", "<e><a><b><c>");
    expect(WORDS("e", "{}", "z"), "a\nb\n", "<e><a><b><z>");
    expect(WORDS("e", "x{}y"), "a\nb\nc\n", "<e><xa><b><cy>");
    expect(WORDS("e", "{/.}"), "p/a.c\nb.d", "<e><a><b>");
    expect(WORDS("e", "{#}:", "{}"), "a\nb\n", "<e><7:><a><b>");
    expect(WORDS("e", "{}{}"), "a\nb\n", "<e><a><ba><b>");
}
END_TEST

START_TEST(the_word_is_there_for_each_where_that_is_wanted)
{
    setup.repeat = true;
    expect(WORDS("e"), "a\nb\n", "<e><a><b>");
    expect(WORDS("e", "{}", "z"), "a\nb\n", "<e><a><b><z>");
    expect(WORDS("e", "x{}y"), "a\nb\nc\n", "<e><xay><xby><xcy>");
    expect(WORDS("e", "{}.{/.}", "{1}"), "p/a.c\nb.d", "<e><p/a.c.a><b.d.b><p/a.c>");
    expect(WORDS("e", "{1}-{}", "{#}"), "a\nb\n", "<e><a-a><a-b><7>");
    expect(WORDS("e", "{2}{1}"), "a\nb\n", "<e><ba>");
}
END_TEST

START_TEST(empty_items_are_items)
{
    expect(WORDS("e"), "\n", "<e><>");
    expect(WORDS("e", "{}"), "\n\na\n", "<e><><><a>");
    expect(WORDS("e", "x{}y"), "\n", "<e><xy>");
    expect(WORDS("", ""), "a", "<><><a>");
    setup.repeat = true;
    expect(WORDS("e", "x{}"), "\na\n\n", "<e><x><xa><x>");
}
END_TEST

START_TEST(an_item_is_never_looked_at_for_replacement_strings)
{
    expect(WORDS("e", "{}", "{/}"), "{#}/{}\n", "<e><{#}/{}><{}>");
}
END_TEST

START_TEST(columns_are_found_from_both_ends)
{
    expect(WORDS("e", "{1}", "{2}", "{3}"), "a\nb\nc\n", "<e><a><b><c>");
    expect(WORDS("e", "{-1}", "{-3}"), "a\nb\nc\n", "<e><c><a>");
    expect(WORDS("e", "{2/.}:{-3//}"), "a/x\nb/y.c\nc\n", "<e><y:a>");
}
END_TEST

START_TEST(a_column_that_is_not_there_is_nothing)
{
    expect(WORDS("e", "x{3}y", "z"), "a\nb\n", "<e><xy><z>");
    /* And a word of nothing else is none. */
    expect(WORDS("e", "{3}", "z"), "a\nb\n", "<e><z>");
    expect(WORDS("e", "{3}{-3}", "z"), "a\nb\n", "<e><z>");
    expect(WORDS("e", "{3}{1}", "z"), "a\nb\n", "<e><a><z>");
    expect(WORDS("e", "{3}{#}"), "a\n", "<e><7>");
    expect(WORDS("e", "{2}"), "a\n\n", "<e><>");
}
END_TEST

START_TEST(fields_of_all_items_are_counted_through)
{
    char text[64];
    ck_assert_int_eq(columns_compile(&columns, ",", text, sizeof text), 0);
    expect(WORDS("e", "{3}", "{1}", "{-1}"), "a,b\nc,d\n", "<e><c><a><d>");
    expect(WORDS("e", "{}"), "a,b\nc\n", "<e><a><b><c>");
    expect(WORDS("e"), "a,,b", "<e><a><><b>");
}
END_TEST

START_TEST(names_stand_for_columns_and_another_text_alone_for_the_item)
{
    static const struct item names[] = {{"name", 4}, {"age", 3}};
    setup.names = (struct replacement_names){.names = names, .name_count = 2};
    expect(WORDS("e", "{age}", "{name/}", "{}"), "a/b\n5", "<e><5><b><a/b><5>");
    setup.names.item = "ITEM";
    expect(WORDS("e", "{age}", "{name/}", "ITEM", "{}"), "a/b\n5", "<e><{age}><{name/}><a/b><5><{}>");
}
END_TEST

START_TEST(a_column_that_there_can_not_be_is_found_wherever_it_stands)
{
    const struct template_piece *piece;
    ck_assert_int_eq(compile(WORDS("e", "x{2}y", "{-1}", "{}", "{#}")), 0);
    ck_assert_ptr_null(template_find_column(&template, 2));
    piece = template_find_column(&template, 1);
    ck_assert_ptr_nonnull(piece);
    ck_assert_mem_eq(piece->text, "{2}", piece->length);
    ck_assert_int_eq(compile(WORDS("e", "{-3/.}")), 0);
    ck_assert_ptr_null(template_find_column(&template, 3));
    ck_assert_uint_eq(template_find_column(&template, 2)->length, 6);
    setup.tag = "{7}";
    ck_assert_int_eq(compile(WORDS("e", "{1}")), 0);
    ck_assert_ptr_nonnull(template_find_column(&template, 6));
    ck_assert_ptr_null(template_find_column(&template, 7));
}
END_TEST

START_TEST(without_items_nothing_stands_for_them)
{
    setup.without_items = true;
    expect(WORDS("e", "x"), "a\n", "<e><x>");
    expect(WORDS("e", "{}", "{1}", "{#}", "-{}-"), "a\n", "<e><7><-->");
}
END_TEST

START_TEST(the_total_is_what_was_said)
{
    setup.total = 123;
    expect(WORDS("e", "{#}/{##}"), "a", "<e><7/123>");
    ck_assert(template.uses_total);
    ck_assert_int_eq(compile(WORDS("e", "{#}")), 0);
    ck_assert(!template.uses_total);
}
END_TEST

START_TEST(the_delimiter_decides_what_is_in_an_item)
{
    ck_assert_int_eq(compile(WORDS("e")), 0);
    ck_assert_int_eq(expand_bytes("a\nb\0c\n\0", 7, '\0'), 0);
    ck_assert_str_eq(expanded, "<e><a\nb><c\n>");
    ck_assert_int_eq(expand_bytes("a,b\n", 4, ','), 0);
    ck_assert_str_eq(expanded, "<e><a><b\n>");
    const uint32_t lengths[] = {3, 0};
    char framed[11];
    memcpy(framed, &lengths[0], 4);
    memcpy(framed + 4, "a\nb", 3);
    memcpy(framed + 7, &lengths[1], 4);
    ck_assert_int_eq(expand_bytes(framed, 11, ITEMS_FRAMED), 0);
    ck_assert_str_eq(expanded, "<e><a\nb><>");
}
END_TEST

START_TEST(a_nul_byte_inside_an_item_is_refused_with_the_reason)
{
    ck_assert_int_eq(compile(WORDS("e")), 0);
    ck_assert_int_eq(expand_bytes("a\0b\n", 4, '\n'), -1);
    ck_assert_ptr_nonnull(strstr(why, "NUL"));
    ck_assert_int_eq(expand_bytes("\1\0\0\0\0", 5, ITEMS_FRAMED), -1);
}
END_TEST

START_TEST(what_the_program_is_may_depend_on_the_item)
{
    expect(WORDS("./{}"), "a\n", "<./a>");
    expect(WORDS("{1}/{2}", "{}"), "a\nb\n", "<a/b><a><b>");
    expect(WORDS("cat", "|", "./{}"), "a\n", "<cat>|<./a>");
}
END_TEST

/* ---- pipelines ---- */

START_TEST(programs_are_lists_of_words_of_their_own)
{
    ck_assert(template_is_break("|"));
    ck_assert(!template_is_break("||") && !template_is_break("") && !template_is_break("x|"));
    expect(WORDS("cat", "{}", "|", "sort", "|", "head", "-{#}"), "a\nb\n", "<cat><a><b>|<sort>|<head><-7>");
    expect(WORDS("cat", "|", "tee", "{/}", "{}"), "p/a\n", "<cat>|<tee><a><p/a>");
    setup.repeat = true;
    expect(WORDS("e", "x{}", "|", "f", "{}y"), "a\nb\n", "<e><xa><xb>|<f><ay><by>");
    /* A word that vanishes takes no break with it. */
    expect(WORDS("e", "{3}", "|", "f", "{3}"), "a\n", "<e>|<f>");
}
END_TEST

START_TEST(what_nothing_stands_for_is_appended_to_the_first_program)
{
    expect(WORDS("zcat", "|", "wc", "-l"), "a\nb\n", "<zcat><a><b>|<wc><-l>");
    expect(WORDS("a", "b", "|", "c", "|", "d"), "x\n", "<a><b><x>|<c>|<d>");
    /* It stands anywhere, so that it is appended nowhere. */
    expect(WORDS("cat", "|", "wc", "{#}"), "a\n", "<cat>|<wc><7>");
    setup.without_items = true;
    expect(WORDS("cat", "|", "wc"), "a\n", "<cat>|<wc>");
}
END_TEST

START_TEST(a_script_may_be_any_of_the_programs)
{
    expect(WORDS("cat", "|", "sh", "-c", "echo {}", "|", "wc"), "a\n",
           "<cat>|<sh><-c><echo \"${1}\"><sh><a>|<wc>");
    /* Each gets all that any of them refers to. */
    expect(WORDS("sh", "-c", "echo {}", "|", "bash", "-c", "cat - {/}"), "p/a\n",
           "<sh><-c><echo \"${1}\"><sh><p/a><a>|<bash><-c><cat - \"${2}\"><bash><p/a><a>");
    expect(WORDS("sh", "-c", "echo {}", "|", "bash", "-c", "echo $#", "x", "y"), "a\n",
           "<sh><-c><_cpool_1=${1} ; shift 1; echo \"${_cpool_1}\"><sh><a>|"
           "<bash><-c><_cpool_1=${1} ; shift 1; echo $#><x><a><y>");
    expect(WORDS("sh", "-c", "cat", "|", "wc"), "a\n", "<sh><-c><cat><a>|<wc>");
}
END_TEST

START_TEST(breaks_take_no_room_that_is_measured_but_their_pointers)
{
    static const char items[] = "one\n";
    ck_assert_int_eq(compile(WORDS("cat", "{}", "|", "wc", "-l")), 0);
    struct template_size size = template_measure(&template, (struct items){items, strlen(items), '\n'});
    ck_assert_uint_eq(size.arguments, sizeof "cat" + sizeof "one" + sizeof "wc" + sizeof "-l");
    ck_assert_uint_eq(size.longest, sizeof "cat");
    ck_assert_uint_ge(size.total, size.arguments + 4 * sizeof(char *));
    ck_assert_uint_le(size.total, size.arguments + 6 * sizeof(char *));
}
END_TEST

START_TEST(variables_and_the_folder_are_one_text_each)
{
    variables[0] = "A=x{}y";
    variables[1] = "N={#}:{2}";
    variables[2] = "EMPTY={9}";
    setup.variable_count = 3;
    setup.directory = "d/{1/.}";
    setup.repeat = true;
    expect(WORDS("e", "{}"), "p/a.c\nb\n", "<e><p/a.c><b>");
    show(&line.variables);
    ck_assert_str_eq(expanded, "<A=xp/a.c by><N=7:b><EMPTY=>");
    show(&line.directory);
    ck_assert_str_eq(expanded, "<d/a>");
    setup.directory = "{}";
    expect(WORDS("e", "{}"), "a b\nc\n", "<e><a b><c>");
    show(&line.directory);
    ck_assert_str_eq(expanded, "<a b c>");
    setup.directory = NULL;
    /* A variable does not take the item in, as a folder does. */
    expect(WORDS("e", "x"), "a\n", "<e><x><a>");
    ck_assert_uint_eq(line.directory.count, 0);
    setup.directory = "d{#}";
    expect(WORDS("e", "x"), "a\n", "<e><x><a>");
    setup.directory = "{/}";
    expect(WORDS("e", "x"), "a\n", "<e><x>");
}
END_TEST

START_TEST(more_than_the_largest_length_is_refused)
{
    setup.most_characters = 8;
    ck_assert_int_eq(compile(WORDS("echo")), 0);
    expect_items("ab", "<echo><ab>"); /* 8 with the NULs */
    ck_assert_int_eq(expand_bytes("abc", 3, '\n'), -1);
    ck_assert_ptr_nonnull(strstr(why, "-s"));
}
END_TEST

/* ---- scripts ---- */

static int compile_script(const char *script)
{
    return compile(WORDS("sh", "-c", script));
}

/* The script as it is handed to the shell, and what follows it. */
static void expect_script(const char *script, const char *items, const char *wanted, const char *values)
{
    char all[1024];
    ck_assert_msg(compile_script(script) == 0, "%s: %s", script, why_not_compiled);
    snprintf(all, sizeof all, "<sh><-c><%s>%s", wanted, values);
    expect_items(items, all);
}

START_TEST(in_a_script_the_item_is_a_reference_as_the_quotes_around_it_need)
{
    expect_script("echo {}", "a", "echo \"${1}\"", "<sh><a>");
    expect_script("echo x{}y", "a", "echo x\"${1}\"y", "<sh><a>");
    expect_script("echo \"{} {}\"", "a", "echo \"${1} ${1}\"", "<sh><a>");
    expect_script("echo '{}'", "a", "echo ''\"${1}\"''", "<sh><a>");
    expect_script("echo \"\\\\{}\"", "a", "echo \"\\\\${1}\"", "<sh><a>");
    expect_script("echo \"\\{}\"", "a", "echo \"\\\\${1}\"", "<sh><a>");
    expect_script("echo $(basename {})", "a", "echo $(basename \"${1}\")", "<sh><a>");
    expect_script("echo {} # {}", "a", "echo \"${1}\" # {}", "<sh><a>");
    expect_script("echo $(({} + 1))", "5", "echo $(((${1}) + 1))", "<sh><5>");
}
END_TEST

START_TEST(parts_and_columns_are_values_of_their_own)
{
    expect_script("echo {} {/} {}", "p/a", "echo \"${1}\" \"${2}\" \"${1}\"", "<sh><p/a><a>");
    expect_script("echo {2} {1}", "a\nb", "echo \"${1}\" \"${2}\"", "<sh><b><a>");
    /* A column that is not there: no word outside of quotes, nothing within them. */
    expect_script("echo {3} '{3}'", "a", "echo  ''\"${1}\"''", "<sh><>");
    expect_script("echo {}", "a\nb\nc", "echo \"${1}\" \"${2}\" \"${3}\"", "<sh><a><b><c>");
    expect_script("echo '{}'", "a\nb", "echo ''\"${1} ${2}\"''", "<sh><a><b>");
    expect_script("echo {}{/}", "x/a\ny/b", "echo \"${1}\" \"${2}\"\"${3}\" \"${4}\"",
                  "<sh><x/a><y/b><a><b>");
}
END_TEST

START_TEST(numbers_are_text_in_a_script)
{
    expect_script("echo {#} {%} {}", "a", "echo 7 3 \"${1}\"", "<sh><a>");
    setup.total = 9;
    expect_script("echo {##}", "a", "echo 9", "");
}
END_TEST

START_TEST(a_word_of_a_script_is_there_for_each_where_that_is_wanted)
{
    setup.repeat = true;
    expect_script("echo -{}.c end", "a\nb", "echo -\"${1}\".c -\"${2}\".c end", "<sh><a><b>");
    expect_script("echo '{}'x {}", "a\nb", "echo ''\"${1}\"''x ''\"${2}\"''x \"${1}\" \"${2}\"",
                  "<sh><a><b>");
    expect_script("echo {1} {}", "a\nb", "echo \"${1}\" \"${2}\" \"${3}\"", "<sh><a><a><b>");
    ck_assert_int_eq(compile_script("echo $x{}"), -1);
    ck_assert_ptr_nonnull(strstr(why_not_compiled, "-X"));
}
END_TEST

START_TEST(a_script_with_parameters_of_its_own_gets_the_items_in_variables)
{
    expect_script("set -- x; echo {} \"$1\"", "a",
                  "_cpool_1=${1} ; shift 1; set -- x; echo \"${_cpool_1}\" \"$1\"", "<sh><a>");
    ck_assert(template.moves_parameters);
    expect_script("for i; do echo {} {/}; done", "p/a\nb",
                  "_cpool_1=${1} _cpool_2=${2} _cpool_3=${3} _cpool_4=${4} ; shift 4; "
                  "for i; do echo \"${_cpool_1}\" \"${_cpool_2}\" \"${_cpool_3}\" \"${_cpool_4}\"; done",
                  "<sh><p/a><b><a><b>");
    ck_assert_int_eq(compile_script("echo {}"), 0);
    ck_assert(!template.moves_parameters);
}
END_TEST

START_TEST(numbers_are_text_and_never_refused)
{
    setup.total = 9;
    ck_assert_int_eq(compile_script("echo x{#}={##}; [[ {#} -gt 0 ]]; a $(($(b {#})+{%})) {} # {#}"), 0);
    ck_assert_int_eq(expand_bytes("i", 1, '\n'), 0);
    show(&line.arguments);
    ck_assert_str_eq(expanded, "<sh><-c><echo x7=9; [[ 7 -gt 0 ]]; a $(($(b 7)+3)) \"${1}\" # {#}><sh><i>");
    ck_assert_int_eq(compile_script("eval {#}{}"), -1);
    ck_assert_ptr_nonnull(strstr(why_not_compiled, "'{}' in the script"));
    ck_assert_int_eq(compile_script("sh -c \"a {#} {}\""), -1);
    ck_assert_int_eq(compile(WORDS("ssh", "a", "b {#}")), 0);
}
END_TEST

START_TEST(a_script_behind_other_programs_gets_its_items_where_that_ends)
{
    expect(WORDS("env", "x=y", "bash", "-c", "echo {}"), "a", "<env><x=y><bash><-c><echo \"${1}\"><bash><a>");
    expect(WORDS("find", ".", "-exec", "sh", "-c", "b {}", ";", "-exec", "sh", "-c", "c {}", "_", ";"), "a",
           "<find><.><-exec><sh><-c><b \"${1}\"><sh><a><;><-exec><sh><-c><c \"${1}\"><_><a><;>");
    ck_assert_int_eq(expand_bytes(";", 1, '\n'), -1);
    ck_assert_ptr_nonnull(strstr(why, "find"));
}
END_TEST

START_TEST(operands_of_a_script_come_behind_the_items)
{
    expect(WORDS("bash", "-c", "echo {} \"$@\"", "name", "x", "y{}"), "a",
           "<bash><-c><_cpool_1=${1} ; shift 1; echo \"${_cpool_1}\" \"$@\"><name><a><x><ya>");
    expect(WORDS("bash", "-c", "echo {}", "name"), "a", "<bash><-c><echo \"${1}\"><name><a>");
    expect(WORDS("bash", "-c", "echo \"$1\"", "name"), "a", "<bash><-c><echo \"$1\"><name><a>");
    expect(WORDS("bash", "-c", "echo \"$1\"", "name", "{}"), "a", "<bash><-c><echo \"$1\"><name><a>");
}
END_TEST

START_TEST(an_item_that_nothing_stands_for_is_appended_to_a_script_that_is_all_there_is)
{
    setup.append_to_script = true;
    expect_script("cat | wc -c", "a", "cat | wc -c \"${1}\"", "<sh><a>");
    expect_script("ls -d", "a\nb", "ls -d \"${1}\" \"${2}\"", "<sh><a><b>");
    ck_assert_int_eq(compile_script("echo 'open"), -1);
    ck_assert_int_eq(compile_script("echo # {}"), -1);
    ck_assert_ptr_nonnull(strstr(why_not_compiled, "appended"));
    ck_assert_int_eq(compile_script("cat <<E\nx"), -1);
    /* Where something stands for it all is well. */
    ck_assert_int_eq(compile_script("echo {} # comment"), 0);
    expect_script("echo {#}", "a", "echo 7", "");
}
END_TEST

/* As with -n 0 and --pipe: nothing is missing, so that any script will do. */
START_TEST(without_items_nothing_is_appended_to_a_script)
{
    setup.append_to_script = true;
    setup.without_items = true;
    expect_script("cat; echo /", "a", "cat; echo /", "");
    ck_assert_uint_eq(template.references, 0);
    expect_script("echo # x", "a", "echo # x", "");
}
END_TEST

START_TEST(a_place_that_can_not_be_judged_is_refused_with_what_stands_there)
{
    static const char *const scripts[] = {"echo ${x:-{}}", "cat <<'E'\n{}\nE\n", "echo $'{}'"};
    for (size_t i = 0; i < ARRAY_LENGTH(scripts); i++) {
        ck_assert_msg(compile_script(scripts[i]) == -1, "%s", scripts[i]);
        ck_assert_msg(strstr(why_not_compiled, "'{}' in the script: ") == why_not_compiled, "%s",
                      why_not_compiled);
    }
    /* The same without an item is no business of ours. */
    ck_assert_int_eq(compile_script("echo ${x:-{x}}"), 0);
}
END_TEST

START_TEST(in_arithmetic_only_whole_numbers_are_handed_over)
{
    ck_assert_int_eq(compile_script("echo $(({} * {2}))"), 0);
    ck_assert_int_eq(expand_bytes("3\n-4\n", 5, '\n'), 0);
    static const char *const bad[] = {"a", "", "1.5", "x[$(id)]", "1+1", "-", "0x", " 1", "1 "};
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++) {
        char items[32];
        snprintf(items, sizeof items, "3\n%s\n", bad[i]);
        ck_assert_int_eq(expand_bytes(items, strlen(items), '\n'), -1);
        ck_assert_ptr_nonnull(strstr(why, "whole number"));
    }
    ck_assert_int_eq(expand_bytes("3\n", 2, '\n'), -1);
    ck_assert_int_eq(expand_bytes("3\n+4\n", 5, '\n'), 0);
}
END_TEST

/* The shells' own word on it: what a script prints of its items. */
START_TEST(a_shell_sees_the_items_as_data)
{
    static const char *const shells[] = {"sh", "bash"};
    static const char *const scripts[] = {
        "printf '%s' {}",
        "printf '%s' \"{}\"",
        "printf '%s' '{}'",
        "printf %s $(echo x)\"{}\"",
        "set -- y; printf '%s' x{}",
        "printf '%s' \"x$(printf '%s' \"{}\")\"",
    };
    static const char item[] = "$HOME `id` \"q\" 'q' \\ ; & | * ~ {} ${1} # (x) \t!";
    for (size_t s = 0; s < ARRAY_LENGTH(scripts); s++)
        for (size_t k = 0; k < ARRAY_LENGTH(shells); k++) {
            char output[256];
            int ends[2];
            ck_assert_int_eq(compile(WORDS(shells[k], "-c", scripts[s])), 0);
            ck_assert_int_eq(expand_bytes(item, strlen(item), '\n'), 0);
            char **vector = words_vector(&line.arguments);
            ck_assert_int_eq(pipe(ends), 0);
            pid_t child = fork();
            if (child == 0) {
                dup2(ends[1], STDOUT_FILENO);
                execvp(vector[0], vector);
                _exit(errno == ENOENT ? 99 : 98);
            }
            close(ends[1]);
            ssize_t got, length = 0;
            while ((got = read(ends[0], output + length, sizeof output - 1 - (size_t)length)) > 0)
                length += got;
            output[length] = '\0';
            close(ends[0]);
            int status = unit_wait(child);
            if (status == 99) {
                unit_skip(shells[k]);
                continue;
            }
            ck_assert_int_eq(status, 0);
            const char *from = output[0] == 'x' ? output + 1 : output;
            ck_assert_msg(strcmp(from, item) == 0, "%s: %s", scripts[s], output);
        }
}
END_TEST

/* ---- how large it becomes ---- */

START_TEST(what_is_measured_is_what_an_exec_takes)
{
    variables[0] = "A={}";
    setup.variable_count = 1;
    ck_assert_int_eq(compile(WORDS("echo", "-{}", "b")), 0);
    static const char items[] = "one\nthree\n";
    struct template_size size = template_measure(&template, (struct items){items, strlen(items), '\n'});
    ck_assert_uint_eq(size.arguments, sizeof "echo" + sizeof "-one" + sizeof "three" + sizeof "b");
    ck_assert_uint_eq(size.total, size.arguments + sizeof "A=one three" + 5 * sizeof(char *));
    ck_assert_uint_eq(size.longest, sizeof "A=one three");
    /* Numbers are taken at their longest. */
    ck_assert_int_eq(compile(WORDS("{#}")), 0);
    size = template_measure(&template, (struct items){items, strlen(items), '\n'});
    ck_assert_uint_ge(size.longest, sizeof "1000000000000000000");
}
END_TEST

UNIT_MAIN("template")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, the_item_is_appended_where_nothing_stands_for_anything);
    tcase_add_test(tests, the_item_goes_where_it_is_wanted);
    tcase_add_test(tests, other_braces_stay_as_they_are);
    tcase_add_test(tests, each_replacement_string_is_seen);
    tcase_add_test(tests, several_items_become_several_words);
    tcase_add_test(tests, the_word_is_there_for_each_where_that_is_wanted);
    tcase_add_test(tests, empty_items_are_items);
    tcase_add_test(tests, an_item_is_never_looked_at_for_replacement_strings);
    tcase_add_test(tests, columns_are_found_from_both_ends);
    tcase_add_test(tests, a_column_that_is_not_there_is_nothing);
    tcase_add_test(tests, fields_of_all_items_are_counted_through);
    tcase_add_test(tests, names_stand_for_columns_and_another_text_alone_for_the_item);
    tcase_add_test(tests, a_column_that_there_can_not_be_is_found_wherever_it_stands);
    tcase_add_test(tests, without_items_nothing_stands_for_them);
    tcase_add_test(tests, the_total_is_what_was_said);
    tcase_add_test(tests, the_delimiter_decides_what_is_in_an_item);
    tcase_add_test(tests, a_nul_byte_inside_an_item_is_refused_with_the_reason);
    tcase_add_test(tests, what_the_program_is_may_depend_on_the_item);
    tcase_add_test(tests, programs_are_lists_of_words_of_their_own);
    tcase_add_test(tests, what_nothing_stands_for_is_appended_to_the_first_program);
    tcase_add_test(tests, a_script_may_be_any_of_the_programs);
    tcase_add_test(tests, breaks_take_no_room_that_is_measured_but_their_pointers);
    tcase_add_test(tests, variables_and_the_folder_are_one_text_each);
    tcase_add_test(tests, more_than_the_largest_length_is_refused);
    tcase_add_test(tests, in_a_script_the_item_is_a_reference_as_the_quotes_around_it_need);
    tcase_add_test(tests, parts_and_columns_are_values_of_their_own);
    tcase_add_test(tests, numbers_are_text_in_a_script);
    tcase_add_test(tests, a_word_of_a_script_is_there_for_each_where_that_is_wanted);
    tcase_add_test(tests, a_script_with_parameters_of_its_own_gets_the_items_in_variables);
    tcase_add_test(tests, numbers_are_text_and_never_refused);
    tcase_add_test(tests, a_script_behind_other_programs_gets_its_items_where_that_ends);
    tcase_add_test(tests, operands_of_a_script_come_behind_the_items);
    tcase_add_test(tests, an_item_that_nothing_stands_for_is_appended_to_a_script_that_is_all_there_is);
    tcase_add_test(tests, without_items_nothing_is_appended_to_a_script);
    tcase_add_test(tests, a_place_that_can_not_be_judged_is_refused_with_what_stands_there);
    tcase_add_test(tests, in_arithmetic_only_whole_numbers_are_handed_over);
    if (!UNIT_THREAD_SANITIZER)
        tcase_add_test(tests, a_shell_sees_the_items_as_data);
    tcase_add_test(tests, what_is_measured_is_what_an_exec_takes);
}
