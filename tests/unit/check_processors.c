#include "unit.h"

#include "base/processors.h"

static const char *root;

static void make_root(void)
{
    root = unit_make_folder();
}

static void remove_root(void)
{
    unit_remove_folder(root);
}

static void member_of(const char *groups)
{
    unit_write_file(root, "proc/self/cgroup", groups, 0600);
}

/* Version 2: the group's cpu.max. */
static void set_max(const char *group, const char *text)
{
    char path[1024];
    snprintf(path, sizeof path, "sys/fs/cgroup%s/cpu.max", group);
    unit_write_file(root, path, text, 0600);
}

/* Version 1: two files. */
static void set_quota(const char *group, const char *quota, const char *period)
{
    char path[1024];
    snprintf(path, sizeof path, "sys/fs/cgroup/%s/cpu.cfs_quota_us", group);
    unit_write_file(root, path, quota, 0600);
    snprintf(path, sizeof path, "sys/fs/cgroup/%s/cpu.cfs_period_us", group);
    unit_write_file(root, path, period, 0600);
}

START_TEST(there_is_always_one)
{
    ck_assert_uint_ge(processors_usable(), 1);
}
END_TEST

START_TEST(without_control_groups_there_is_no_quota)
{
    ck_assert_uint_eq(processors_quota(root), 0);
    member_of("0::/\n");
    ck_assert_uint_eq(processors_quota(root), 0);
}
END_TEST

START_TEST(a_quota_counts_in_whole_processors_rounded_up)
{
    static const struct {
        const char *text;
        unsigned processors;
    } rows[] = {
        {"100000 100000\n", 1}, {"100001 100000\n", 2}, {"150000 100000\n", 2},   {"200000 100000\n", 2},
        {"1000 100000\n", 1},   {"400000 50000", 8},    {"1000000 1000000\n", 1},
    };
    member_of("0::/job\n");
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        set_max("/job", rows[i].text);
        ck_assert_uint_eq(processors_quota(root), rows[i].processors);
    }
}
END_TEST

START_TEST(the_tightest_group_on_the_way_up_binds)
{
    member_of("0::/slice/job/task\n");
    set_max("/slice/job/task", "max 100000\n");
    set_max("/slice/job", "300000 100000\n");
    set_max("/slice", "800000 100000\n");
    ck_assert_uint_eq(processors_quota(root), 3);
    set_max("/slice", "200000 100000\n");
    ck_assert_uint_eq(processors_quota(root), 2);
    set_max("/slice/job/task", "50000 100000\n");
    ck_assert_uint_eq(processors_quota(root), 1);
    /* A neighbour is none of ours. */
    set_max("/slice/other", "1000 100000\n");
    set_max("/slice/job/task", "max 100000\n");
    ck_assert_uint_eq(processors_quota(root), 2);
}
END_TEST

/* In a container the group is often "/" and the quota stands in the mount's own folder. */
START_TEST(the_root_group_has_its_quota_too)
{
    member_of("0::/\n");
    set_max("", "250000 100000\n");
    ck_assert_uint_eq(processors_quota(root), 3);
    member_of("0::/deeper/inside");
    ck_assert_uint_eq(processors_quota(root), 3);
}
END_TEST

START_TEST(max_is_no_quota)
{
    member_of("0::/job\n");
    set_max("/job", "max 100000\n");
    ck_assert_uint_eq(processors_quota(root), 0);
    set_max("/job", "max");
    ck_assert_uint_eq(processors_quota(root), 0);
}
END_TEST

START_TEST(garbage_is_no_quota)
{
    static const char *const texts[] = {"",
                                        "\n",
                                        "garbage\n",
                                        "100000\n",
                                        "100000 x\n",
                                        "0 100000\n",
                                        "-1 100000\n",
                                        "100000 0\n",
                                        "100000 -5\n",
                                        "99999999999999999999999999 1\n",
                                        "9223372036854775807 1\n",
                                        "-9223372036854775808 -1\n"};
    member_of("0::/job\n");
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
        set_max("/job", texts[i]);
        ck_assert_msg(processors_quota(root) == 0, "'%s'", texts[i]);
    }
}
END_TEST

START_TEST(garbage_in_the_list_of_groups_does_no_harm)
{
    static const char *const lists[] = {"",    "\n\n\n",          "0", "0:", "0:cpu", "::", ":::::\n",
                                        "0::", "x\n0::no-slash\n"};
    set_max("/job", "100000 100000\n");
    for (size_t i = 0; i < ARRAY_LENGTH(lists); i++) {
        member_of(lists[i]);
        ck_assert_msg(processors_quota(root) == 0, "'%s'", lists[i]);
    }
    static char deep[7000];
    memset(deep, '/', sizeof deep - 1);
    memcpy(deep, "0::", 3);
    member_of(deep);
    ck_assert_uint_eq(processors_quota(root), 0);
    /* What is understood among it counts. */
    member_of("x\n12:pids:/job\n\n0::/job\nend");
    ck_assert_uint_eq(processors_quota(root), 1);
}
END_TEST

START_TEST(version_1_has_its_quota_in_two_files)
{
    member_of("4:memory:/job\n3:cpu,cpuacct:/job/task\n");
    set_quota("cpu,cpuacct/job/task", "-1\n", "100000\n");
    ck_assert_uint_eq(processors_quota(root), 0);
    set_quota("cpu,cpuacct/job", "250000\n", "100000\n");
    ck_assert_uint_eq(processors_quota(root), 3);
    set_quota("cpu,cpuacct", "150000\n", "100000\n");
    ck_assert_uint_eq(processors_quota(root), 2);
    set_quota("cpu,cpuacct/job/task", "garbage", "");
    ck_assert_uint_eq(processors_quota(root), 2);
}
END_TEST

START_TEST(version_1_is_found_under_its_short_name)
{
    member_of("3:cpuacct,cpu:/job\n");
    set_quota("cpu/job", "100000\n", "100000\n");
    ck_assert_uint_eq(processors_quota(root), 1);
}
END_TEST

START_TEST(controllers_that_only_begin_alike_do_not_count)
{
    member_of("3:cpuset:/job\n4:cpuacct:/job\n5:name=cpu:/job\n");
    set_quota("cpu/job", "100000\n", "100000\n");
    set_quota("cpuset/job", "100000\n", "100000\n");
    ck_assert_uint_eq(processors_quota(root), 0);
}
END_TEST

START_TEST(of_both_versions_the_tighter_binds)
{
    member_of("3:cpu:/one\n0::/two\n");
    set_quota("cpu/one", "300000\n", "100000\n");
    set_max("/two", "200000 100000\n");
    ck_assert_uint_eq(processors_quota(root), 2);
    set_max("/two", "500000 100000\n");
    ck_assert_uint_eq(processors_quota(root), 3);
}
END_TEST

UNIT_MAIN("processors")
{
    tcase_add_checked_fixture(tests, make_root, remove_root);
    tcase_add_test(tests, there_is_always_one);
    tcase_add_test(tests, without_control_groups_there_is_no_quota);
    tcase_add_test(tests, a_quota_counts_in_whole_processors_rounded_up);
    tcase_add_test(tests, the_tightest_group_on_the_way_up_binds);
    tcase_add_test(tests, the_root_group_has_its_quota_too);
    tcase_add_test(tests, max_is_no_quota);
    tcase_add_test(tests, garbage_is_no_quota);
    tcase_add_test(tests, garbage_in_the_list_of_groups_does_no_harm);
    tcase_add_test(tests, version_1_has_its_quota_in_two_files);
    tcase_add_test(tests, version_1_is_found_under_its_short_name);
    tcase_add_test(tests, controllers_that_only_begin_alike_do_not_count);
    tcase_add_test(tests, of_both_versions_the_tighter_binds);
}
