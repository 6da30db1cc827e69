#include "unit.h"

#include "template/columns.h"

static struct columns columns;
static struct fields fields;
static bool is_closed; /* all quotes of the item that was split last */

static void begin(void)
{
    columns = (struct columns){0};
}

static void end(void)
{
    columns_release(&columns);
    fields_release(&fields);
}

static void compile(const char *expression)
{
    char why[128];
    columns_release(&columns);
    ck_assert_int_eq(columns_compile(&columns, expression, why, sizeof why), 0);
}

static void use_csv(char separator)
{
    columns_release(&columns);
    columns.mode = COLUMNS_CSV;
    columns.separator = separator;
}

/* The fields of an item, each in angle brackets. */
static void expect_bytes(const char *item, size_t length, const char *wanted)
{
    static char text[4096];
    char *exact = malloc(length == 0 ? 1 : length), *at = text;
    memcpy(exact, item, length);
    fields_begin(&fields, length, 1);
    is_closed = columns_split(&columns, (struct item){exact, length}, &fields);
    *at = '\0';
    for (size_t i = 0; i < fields.count; i++)
        at += snprintf(at, sizeof text - (size_t)(at - text), "<%.*s>", (int)fields.list[i].length,
                       fields.list[i].bytes);
    ck_assert_str_eq(text, wanted);
    free(exact);
}

static void expect(const char *item, const char *wanted)
{
    expect_bytes(item, strlen(item), wanted);
}

START_TEST(without_columns_an_item_is_one_field)
{
    expect("a,b c", "<a,b c>");
    expect("", "<>");
}
END_TEST

static const struct {
    const char *expression, *item, *wanted;
} splits[] = {
    {",", "a,b,c", "<a><b><c>"},
    {",", "", "<>"},
    {",", ",", "<><>"},
    {",", ",a,,b,", "<><a><><b><>"},
    {",", "abc", "<abc>"},
    {"\t", "a\tb c", "<a><b c>"},
    {" +", "a   b c", "<a><b><c>"},
    {"[,;]", "a,b;c", "<a><b><c>"},
    {",|--", "a--b,c-d", "<a><b><c-d>"},
    /* The longest match counts. */
    {"a|ab|abc", "xabcy", "<x><y>"},
    /* Anchors are those of the item, not of what is left of it. */
    {"^a", "aab", "<><ab>"},
    {"^,|;", ",,a;b", "<><,a><b>"},
    {"b$", "bab", "<ba><>"},
    {"^.", "abc", "<><bc>"},
    {".", "abc", "<><><><>"},
    {".+", "abc", "<><>"},
    /* A period is any byte but a newline. */
    {".", "\n", "<\n>"},
    {"a.", "a\nab", "<a\n><>"},
    {"[.]|\\.|[]x.]y", "a\n.b.yc", "<a\n><b><c>"},
    {"[^x]", "x\nx", "<x><x>"},
    {"[[:alpha:].]b", ".b\nb", "<><\nb>"},
    /* Where it matches nothing, between two bytes, is no place to cut. */
    {"\\b", "ab cd", "<ab cd>"},
};

START_TEST(an_item_is_cut_wherever_the_expression_matches_something)
{
    compile(splits[_i].expression);
    expect(splits[_i].item, splits[_i].wanted);
}
END_TEST

START_TEST(what_is_no_expression_is_refused_with_the_reason)
{
    static const char *const bad[] = {
        "(", "[", "a{2", "*{", "[[:nothing:]]", "\\", "", "|", "()", ",*", "a|", "x?y*", "^", "$", ".*"};
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++) {
        char why[128] = "";
        struct columns other = {0};
        ck_assert_int_eq(columns_compile(&other, bad[i], why, sizeof why), -1);
        ck_assert_uint_gt(strlen(why), 3);
        ck_assert_int_eq(other.mode, COLUMNS_NONE);
        columns_release(&other);
    }
}
END_TEST

/* Later tasks are refused for it, but tasks are made of it before. */
/* Each match costs what is near it, not the rest of the item: a million of them would else take days. */
START_TEST(a_long_item_takes_no_longer_for_each_of_its_columns)
{
    size_t count = 1000000;
    char *item = malloc(2 * count);
    for (size_t i = 0; i < count; i++)
        memcpy(item + 2 * i, "x,", 2);
    compile(",");
    fields_begin(&fields, 2 * count, 1);
    ck_assert(columns_split(&columns, (struct item){item, 2 * count}, &fields));
    ck_assert_uint_eq(fields.count, count + 1);
    free(item);
}
END_TEST

START_TEST(a_nul_in_an_item_does_no_harm)
{
    compile(",|x+");
    fields_begin(&fields, 7, 1);
    ck_assert(columns_split(&columns, (struct item){"a,b\0c,d", 7}, &fields));
    ck_assert_uint_ge(fields.count, 2);
    size_t length = 0;
    for (size_t i = 0; i < fields.count; i++)
        length += fields.list[i].length;
    ck_assert_uint_le(length, 7);
}
END_TEST

/* As RFC 4180 has them, and what it does not allow. */
static const struct {
    const char *item, *wanted;
} values[] = {
    {"a,b,c", "<a><b><c>"},
    {"", "<>"},
    {",", "<><>"},
    {"a,,", "<a><><>"},
    {"\"a\",\"b\"", "<a><b>"},
    {"\"a,b\",c", "<a,b><c>"},
    {"\"a\nb\",c", "<a\nb><c>"},
    {"\"say \"\"hi\"\"\",x", "<say \"hi\"><x>"},
    {"\"\"", "<>"},
    {"\"\",\"\"", "<><>"},
    {"\"\"\"\"", "<\">"},
    {"\"\"\"a\"\"\",b", "<\"a\"><b>"},
    {" a , b ", "< a >< b >"},
    {"a,b\r", "<a><b>"},
    {"\"a\",\"b\"\r", "<a><b>"},
    {"\r", "<>"},
    {"a\rb,c", "<a\rb><c>"},
    /* Not allowed: */
    {"a\"b\",c", "<a\"b\"><c>"},
    {"\"a\"b,c", "<ab><c>"},
    {"\"a\" \"b,c", "<a \"b><c>"},
    {"a,\"b\"c\",d", "<a><bc\"><d>"},
    {" \"a,b", "< \"a><b>"},
    {"\"a\" ,b", "<a ><b>"},
};

/* A quote of theirs is not closed. */
static const struct {
    const char *item, *wanted;
} open_values[] = {
    {"\"a", "<a>"}, {"\"a,b", "<a,b>"}, {"\"", "<>"}, {"x,\"", "<x><>"}, {"x,\"\"\"", "<x><\">"},
};

START_TEST(comma_separated_values_are_unquoted)
{
    use_csv(',');
    expect(values[_i].item, values[_i].wanted);
    ck_assert(is_closed);
}
END_TEST

START_TEST(a_quote_that_is_not_closed_is_noticed)
{
    use_csv(',');
    for (size_t i = 0; i < ARRAY_LENGTH(open_values); i++) {
        expect(open_values[i].item, open_values[i].wanted);
        ck_assert(!is_closed);
    }
}
END_TEST

START_TEST(another_separator_will_do)
{
    use_csv(';');
    expect("a,b;\"c;d\"", "<a,b><c;d>");
    use_csv('\t');
    expect("a\tb;\"c\td\"", "<a><b;\"c><d\">");
}
END_TEST

START_TEST(blanks_are_taken_off_where_it_is_wanted)
{
    static const struct {
        unsigned trim;
        const char *one, *two;
    } ways[] = {{0, "< \ta \n>", "< a >< >< b >"},
                {TRIM_LEFT, "<a \n>", "<a ><><b >"},
                {TRIM_RIGHT, "< \ta>", "< a><>< b>"},
                {TRIM_LEFT | TRIM_RIGHT, "<a>", "<a><><b>"}};
    for (size_t i = 0; i < ARRAY_LENGTH(ways); i++) {
        columns_release(&columns);
        columns.trim = ways[i].trim;
        expect(" \ta \n", ways[i].one);
        compile(",");
        columns.trim = ways[i].trim;
        expect(" a , , b ", ways[i].two);
        use_csv(',');
        columns.trim = ways[i].trim;
        expect(" a , , b ", ways[i].two);
    }
    expect(" a  b ", "<a  b>");
}
END_TEST

/* Pointers to fields must outlive the splitting of later items. */
START_TEST(fields_of_many_items_stay_good)
{
    char items[200][16];
    size_t length = 0;
    for (int mode = 0; mode < 2; mode++) {
        if (mode == 0)
            compile(",");
        else
            use_csv(',');
        length = 0;
        for (int i = 0; i < 200; i++)
            length += (size_t)snprintf(items[i], sizeof items[i], "%d,\"\"\"%d\"", i, i);
        fields_begin(&fields, length, 200);
        for (int i = 0; i < 200; i++)
            ck_assert(columns_split(&columns, (struct item){items[i], strlen(items[i])}, &fields));
        ck_assert_uint_eq(fields.count, 400);
        for (int i = 0; i < 200; i++) {
            char wanted[16];
            snprintf(wanted, sizeof wanted, "%d", i);
            ck_assert_uint_eq(fields.list[2 * i].length, strlen(wanted));
            ck_assert_mem_eq(fields.list[2 * i].bytes, wanted, strlen(wanted));
            snprintf(wanted, sizeof wanted, mode == 0 ? "\"\"\"%d\"" : "\"%d", i);
            ck_assert_uint_eq(fields.list[2 * i + 1].length, strlen(wanted));
            ck_assert_mem_eq(fields.list[2 * i + 1].bytes, wanted, strlen(wanted));
        }
    }
}
END_TEST

/*
 * A file is cut into rows by the steps alone. However the row goes on, its fields are the same: so no
 * delimiter that the steps take for the end of a row is inside the quotes of one.
 */
START_TEST(steps_and_fields_agree_on_what_is_inside_quotes)
{
    uint64_t state = 7;
    use_csv(',');
    for (int round = 0; round < 20000; round++) {
        char item[16];
        size_t length = unit_below(&state, sizeof item);
        enum columns_place place = COLUMNS_BEGIN;
        for (size_t i = 0; i < length; i++) {
            item[i] = "\"\"\"a,, "[unit_below(&state, 7)];
            place = columns_step(place, item[i], ',');
        }
        fields_begin(&fields, length, 1);
        ck_assert_int_eq(columns_split(&columns, (struct item){item, length}, &fields),
                         place != COLUMNS_QUOTED);
    }
}
END_TEST

/* Joined again with the separator, the fields are the item. */
START_TEST(no_byte_is_lost_or_doubled)
{
    uint64_t state = 11;
    compile(",");
    for (int round = 0; round < 2000; round++) {
        char item[64], joined[80];
        size_t length = unit_below(&state, sizeof item), used = 0;
        for (size_t i = 0; i < length; i++)
            item[i] = ",,ab\n \"\xff"[unit_below(&state, 8)];
        fields_begin(&fields, length, 1);
        ck_assert(columns_split(&columns, (struct item){item, length}, &fields));
        for (size_t i = 0; i < fields.count; i++) {
            if (i > 0)
                joined[used++] = ',';
            memcpy(joined + used, fields.list[i].bytes, fields.list[i].length);
            used += fields.list[i].length;
        }
        ck_assert_uint_eq(used, length);
        ck_assert_mem_eq(joined, item, length);
    }
}
END_TEST

UNIT_MAIN("columns")
{
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, without_columns_an_item_is_one_field);
    tcase_add_loop_test(tests, an_item_is_cut_wherever_the_expression_matches_something, 0,
                        ARRAY_LENGTH(splits));
    tcase_add_test(tests, what_is_no_expression_is_refused_with_the_reason);
    tcase_add_test(tests, a_long_item_takes_no_longer_for_each_of_its_columns);
    tcase_add_test(tests, a_nul_in_an_item_does_no_harm);
    tcase_add_loop_test(tests, comma_separated_values_are_unquoted, 0, ARRAY_LENGTH(values));
    tcase_add_test(tests, a_quote_that_is_not_closed_is_noticed);
    tcase_add_test(tests, another_separator_will_do);
    tcase_add_test(tests, blanks_are_taken_off_where_it_is_wanted);
    tcase_add_test(tests, fields_of_many_items_stay_good);
    tcase_add_test(tests, steps_and_fields_agree_on_what_is_inside_quotes);
    tcase_add_test(tests, no_byte_is_lost_or_doubled);
}
