#include "unit.h"

#include "trace/timeline.h"

#define BEGIN (1000 * NS_PER_S)

static struct timeline timeline;

static void set_up(void)
{
    timeline_init(&timeline, BEGIN);
}

static void tear_down(void)
{
    timeline_release(&timeline);
}

/* Times since the begin. */
static void add(unsigned slot, nanoseconds start, nanoseconds end, enum timeline_kind kind, const char *name)
{
    struct timeline_try try = {.kind = kind,
                               .start = BEGIN + start,
                               .end = BEGIN + end,
                               .user = 2,
                               .system = 1,
                               .name = name,
                               .name_length = strlen(name)};
    timeline_add(&timeline, slot, &try);
}

/* In order, apart from each other, and no task lost. */
static void check_rows(uint64_t tasks)
{
    uint64_t count = 0, marks = 0;
    nanoseconds busy = 0;
    for (size_t i = 0; i < timeline.row_count; i++) {
        nanoseconds end = 0;
        for (size_t j = 0; j < timeline.rows[i].count; j++) {
            const struct timeline_mark *mark = &timeline.rows[i].marks[j];
            ck_assert_uint_ge(mark->start, end);
            ck_assert_uint_ge(mark->end, mark->start);
            ck_assert_uint_le(mark->busy, mark->end - mark->start);
            ck_assert_ptr_nonnull(mark->worst.name);
            end = mark->end;
            count += mark->count;
            busy += mark->busy;
        }
        marks += timeline.rows[i].count;
    }
    ck_assert_uint_eq(count, tasks);
    ck_assert_uint_eq(marks, timeline.marks);
    ck_assert_uint_eq(busy, timeline.busy);
}

static nanoseconds sum_of_levels(void)
{
    nanoseconds sum = 0;
    for (size_t i = 0; i < TIMELINE_LEVELS; i++)
        sum += timeline.levels[i];
    return sum;
}

START_TEST(an_empty_one_is_not_busy)
{
    timeline_merge(&timeline, NS_PER_S);
    ck_assert_double_eq(timeline_efficiency(&timeline, NS_PER_S), 0);
    ck_assert_double_eq(timeline_efficiency(&timeline, 0), 0);
    check_rows(0);
}
END_TEST

START_TEST(tries_are_kept_as_they_are)
{
    add(0, 100, 200, TIMELINE_SUCCESS, "a");
    add(2, 50, 300, TIMELINE_FAILED, "b");
    add(0, 200, 400, TIMELINE_LOST, "c");
    check_rows(3);
    ck_assert_uint_eq(timeline.row_count, 3);
    ck_assert_uint_eq(timeline.rows[1].count, 0);
    ck_assert_uint_eq(timeline.rows[2].marks[0].start, 50);
    ck_assert_str_eq(timeline.rows[0].marks[1].worst.name, "c");
    ck_assert_uint_eq(timeline.end, 400);
    ck_assert_uint_eq(timeline.counts[TIMELINE_FAILED], 1);
    ck_assert_uint_eq(timeline.user, 6);
    ck_assert_uint_eq(timeline.system, 3);
}
END_TEST

/* Two of three slots had tasks: 300 + 250 of 2 x 500. */
START_TEST(efficiency_is_of_the_slots_with_tasks)
{
    add(0, 100, 400, TIMELINE_SUCCESS, "a");
    add(2, 50, 300, TIMELINE_SUCCESS, "b");
    ck_assert_double_eq_tol(timeline_efficiency(&timeline, 500), 0.55, 1e-9);
}
END_TEST

START_TEST(what_can_not_be_is_put_right)
{
    add(0, 100, 200, TIMELINE_SUCCESS, "a");
    add(0, 150, 300, TIMELINE_SUCCESS, "begins before that ends");
    add(0, 250, 260, TIMELINE_SUCCESS, "lies within");
    struct timeline_try early = {.start = BEGIN - 50, .end = BEGIN - 10, .name = ""};
    timeline_add(&timeline, 1, &early);
    check_rows(4);
    ck_assert_uint_eq(timeline.rows[0].marks[1].start, 200);
    ck_assert_uint_eq(timeline.rows[0].marks[2].end, 300);
    ck_assert_uint_eq(timeline.rows[1].marks[0].end, 0);
}
END_TEST

START_TEST(short_neighbours_become_one_and_long_ones_stay)
{
    add(0, 0, 10, TIMELINE_SUCCESS, "a");
    add(0, 20, 30, TIMELINE_FAILED, "b");
    add(0, 40, 50, TIMELINE_FAILED, "c");
    add(0, 60, 260, TIMELINE_SUCCESS, "long");
    add(0, 270, 280, TIMELINE_SUCCESS, "d");
    add(0, 310, 320, TIMELINE_SUCCESS, "of the next unit");
    timeline_merge(&timeline, 100);
    check_rows(6);
    const struct timeline_mark *marks = timeline.rows[0].marks;
    ck_assert_uint_eq(timeline.rows[0].count, 4);
    ck_assert_uint_eq(marks[0].count, 3);
    ck_assert_uint_eq(marks[0].end, 50);
    ck_assert_uint_eq(marks[0].busy, 30);
    ck_assert_uint_eq(marks[0].counts[TIMELINE_FAILED], 2);
    ck_assert_int_eq(marks[0].worst.kind, TIMELINE_FAILED);
    ck_assert_str_eq(marks[0].worst.name, "b");
    ck_assert_str_eq(marks[1].worst.name, "long");
}
END_TEST

START_TEST(what_comes_after_a_merge_is_merged_as_it_comes)
{
    add(0, 0, 10, TIMELINE_SUCCESS, "a");
    timeline_merge(&timeline, 100);
    add(0, 20, 30, TIMELINE_SUCCESS, "b");
    add(0, 40, 50, TIMELINE_LOST, "c");
    check_rows(3);
    ck_assert_uint_eq(timeline.rows[0].count, 1);
    ck_assert_str_eq(timeline.rows[0].marks[0].worst.name, "c");
}
END_TEST

START_TEST(a_long_name_is_cut)
{
    char name[2 * TIMELINE_NAME_MAX];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    add(0, 0, 1, TIMELINE_SUCCESS, name);
    ck_assert_uint_eq(timeline.rows[0].marks[0].worst.name_length, TIMELINE_NAME_MAX);
}
END_TEST

START_TEST(a_million_tasks_take_bounded_memory)
{
    for (unsigned i = 0; i < 1000000; i++) {
        unsigned slot = i % 3;
        nanoseconds start = (nanoseconds)i / 3 * 1000;
        add(slot, start, start + 900, i == 500000 ? TIMELINE_FAILED : TIMELINE_SUCCESS, "x");
        ck_assert_uint_le(timeline.marks, TIMELINE_MARKS_MAX);
    }
    check_rows(1000000);
    ck_assert_uint_gt(timeline.marks, TIMELINE_MARKS_MAX / 8);
    ck_assert_uint_eq(sum_of_levels(), timeline.busy);
}
END_TEST

/* As many as JOBS_MAX, each with more tasks than it has room for. */
START_TEST(so_do_thousands_of_slots)
{
    for (unsigned i = 0; i < 400000; i++)
        add(i % 4000, (nanoseconds)i / 4000 * 1000, (nanoseconds)i / 4000 * 1000 + 999, TIMELINE_SUCCESS,
            "x");
    check_rows(400000);
    ck_assert_uint_le(timeline.marks, 8 * 4000);
}
END_TEST

START_TEST(levels_hold_every_nanosecond_however_long_the_run_gets)
{
    add(0, 0, 500, TIMELINE_SUCCESS, "a");
    add(1, 7 * NS_PER_MS, 7 * NS_PER_MS + 3, TIMELINE_SUCCESS, "b");
    add(0, 3 * NS_PER_S, 86400 * NS_PER_S, TIMELINE_SUCCESS, "a day");
    ck_assert_uint_eq(sum_of_levels(), timeline.busy);
    ck_assert_uint_ge(timeline.level_width * TIMELINE_LEVELS, timeline.end);
    ck_assert_uint_lt(timeline.level_width * TIMELINE_LEVELS / 2, timeline.end);
}
END_TEST

UNIT_MAIN("timeline")
{
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, an_empty_one_is_not_busy);
    tcase_add_test(tests, tries_are_kept_as_they_are);
    tcase_add_test(tests, efficiency_is_of_the_slots_with_tasks);
    tcase_add_test(tests, what_can_not_be_is_put_right);
    tcase_add_test(tests, short_neighbours_become_one_and_long_ones_stay);
    tcase_add_test(tests, what_comes_after_a_merge_is_merged_as_it_comes);
    tcase_add_test(tests, a_long_name_is_cut);
    tcase_add_test(tests, a_million_tasks_take_bounded_memory);
    tcase_add_test(tests, so_do_thousands_of_slots);
    tcase_add_test(tests, levels_hold_every_nanosecond_however_long_the_run_gets);
}
