#include "unit.h"

#include "trace/trace_svg.h"

static struct timeline timeline;
static struct buffer out;

static void set_up(void)
{
    timeline_init(&timeline, 0);
}

static void tear_down(void)
{
    timeline_release(&timeline);
    buffer_release(&out);
}

static void add(unsigned slot, nanoseconds start, nanoseconds end, enum timeline_kind kind, const char *name)
{
    struct timeline_try try = {.kind = kind,
                               .start = start,
                               .end = end,
                               .tries = 1,
                               .outcome = kind == TIMELINE_SUCCESS ? OUTCOME_SUCCESS : OUTCOME_EXIT,
                               .code = 1,
                               .name = name,
                               .name_length = strlen(name)};
    timeline_add(&timeline, slot, &try);
}

static const char *draw(nanoseconds duration)
{
    const struct trace_svg_heading heading = {
        .command = "sh -c '<&>'", .when = "today", .end = "", .tasks = 4, .duration = duration};
    buffer_clear(&out);
    trace_svg_draw(&out, &timeline, &heading);
    buffer_append_byte(&out, '\0');
    return buffer_bytes(&out);
}

static void check_has(const char *picture, const char *wanted)
{
    ck_assert_msg(strstr(picture, wanted) != NULL, "no %s in: %s", wanted, picture);
}

static size_t count_of(const char *picture, const char *wanted)
{
    size_t count = 0;
    for (; (picture = strstr(picture, wanted)) != NULL; picture++)
        count++;
    return count;
}

START_TEST(a_run_without_tasks_has_a_picture)
{
    const char *picture = draw(0);
    check_has(picture, "</svg>");
    ck_assert_ptr_null(strstr(picture, "nan"));
    ck_assert_ptr_null(strstr(picture, "inf"));
}
END_TEST

START_TEST(heading_and_legend_tell_what_the_run_was)
{
    add(0, 0, NS_PER_S, TIMELINE_SUCCESS, "a");
    add(1, 0, NS_PER_S, TIMELINE_FAILED, "b");
    const char *picture = draw(2 * NS_PER_S);
    check_has(picture, "sh -c &#39;&lt;&amp;&gt;&#39;");
    check_has(picture, "4 tasks in 2 s");
    check_has(picture, "2 slots, busy 50 % of the time");
    check_has(picture, ">1 success<");
    check_has(picture, ">1 failed<");
    ck_assert_ptr_null(strstr(picture, "timed out"));
    check_has(picture, ">slot 1<");
    check_has(picture, ">slot 2<");
}
END_TEST

START_TEST(each_task_has_a_mark_with_name_and_tooltip)
{
    add(0, 0, NS_PER_S, TIMELINE_SUCCESS, "first <one>");
    add(0, NS_PER_S, 2 * NS_PER_S, TIMELINE_RETRIED, "second");
    const char *picture = draw(2 * NS_PER_S);
    check_has(picture, "<title>first &lt;one&gt;\ntask 1, slot 1\nsuccess\n1 s, from 0 s to 1 s");
    check_has(picture, "exit status 1, then tried again");
    check_has(picture, ">first &lt;one&gt;</text>");
    ck_assert_uint_eq(count_of(picture, "<rect class=\"k2\""), 2); /* with the legend's */
}
END_TEST

START_TEST(tasks_too_short_to_be_seen_become_one)
{
    for (unsigned i = 0; i < 10; i++)
        add(0, i * NS_PER_US, i * NS_PER_US + 500, i == 3 ? TIMELINE_FAILED : TIMELINE_SUCCESS, "x");
    add(0, NS_PER_S / 2, NS_PER_S, TIMELINE_SUCCESS, "long");
    const char *picture = draw(NS_PER_S);
    check_has(picture, "<title>10 tasks, 1 failed\nslot 1, busy 5 \xC2\xB5s of this:");
    check_has(picture, "first failed: x, exit status 1");
    ck_assert_uint_eq(count_of(picture, "</title></rect>"), 2);
}
END_TEST

/* However short it was, and whatever long one follows it. */
START_TEST(a_failure_is_always_seen)
{
    add(0, 0, NS_PER_MS, TIMELINE_FAILED, "short");
    add(0, NS_PER_MS, 100 * NS_PER_S, TIMELINE_SUCCESS, "long");
    const char *picture = draw(100 * NS_PER_S);
    const char *failed = strstr(picture, "<rect class=\"k3\" x=\"88.00\" width=\"2.50\"");
    ck_assert_ptr_nonnull(failed);
    ck_assert_ptr_null(strstr(failed, "<title>long"));
    ck_assert_ptr_nonnull(strstr(picture, "<title>long"));
}
END_TEST

START_TEST(the_axis_has_round_ticks)
{
    static const struct {
        nanoseconds duration;
        const char *tick, *last;
    } cases[] = {
        {10 * NS_PER_MS, ">1 ms<", ">10 ms<"},         {1100 * NS_PER_MS, ">0.1 s<", ">1.1 s<"},
        {4 * NS_PER_S, ">0.5 s<", ">4.0 s<"},          {59 * NS_PER_S, ">5 s<", ">55 s<"},
        {125 * NS_PER_S, ">0:15 min<", ">2:00 min<"},  {4000 * NS_PER_S, ">10:00 min<", ">60:00 min<"},
        {5 * 3600 * NS_PER_S, ">0:30 h<", ">5:00 h<"}, {30 * 86400 * NS_PER_S, ">3 d<", ">30 d<"},
        {700, ">0.1 \xC2\xB5s<", ">0.7 \xC2\xB5s<"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const char *picture = draw(cases[i].duration);
        check_has(picture, cases[i].tick);
        check_has(picture, cases[i].last);
        ck_assert_uint_le(count_of(picture, "class=\"grid\""), 14);
        ck_assert_uint_ge(count_of(picture, "class=\"grid\""), 5);
    }
}
END_TEST

START_TEST(hundreds_of_slots_have_few_labels_and_bounded_height)
{
    for (unsigned i = 0; i < 500; i++)
        add(i, 0, NS_PER_S, TIMELINE_SUCCESS, "x");
    const char *picture = draw(NS_PER_S);
    ck_assert_uint_le(count_of(picture, ">slot "), 60);
    ck_assert_uint_ge(count_of(picture, ">slot "), 20);
    check_has(picture, "height=\"1234\"");
}
END_TEST

UNIT_MAIN("trace_svg")
{
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_run_without_tasks_has_a_picture);
    tcase_add_test(tests, heading_and_legend_tell_what_the_run_was);
    tcase_add_test(tests, each_task_has_a_mark_with_name_and_tooltip);
    tcase_add_test(tests, tasks_too_short_to_be_seen_become_one);
    tcase_add_test(tests, a_failure_is_always_seen);
    tcase_add_test(tests, the_axis_has_round_ticks);
    tcase_add_test(tests, hundreds_of_slots_have_few_labels_and_bounded_height);
}
