#include "unit.h"

#include "base/meter.h"

static const char *root;

static void make_root(void)
{
    root = unit_make_folder();
}

static void remove_root(void)
{
    unit_remove_folder(root);
}

static void put(const char *path, const char *text)
{
    unit_write_file(root, path, text, 0600);
}

static void expect_memory(uint64_t wanted)
{
    uint64_t bytes;
    ck_assert_int_eq(meter_memory(root, &bytes), 0);
    ck_assert_uint_eq(bytes, wanted);
}

static void host_has(const char *kibibytes)
{
    char text[256];
    snprintf(text, sizeof text,
             "MemTotal:       9999999 kB\nMemFree:         1111 kB\nMemAvailable:   %s kB\nBuffers: 5 kB\n",
             kibibytes);
    put("proc/meminfo", text);
}

START_TEST(this_machine_tells_or_says_why_not)
{
    uint64_t bytes, waited[METER_PRESSURES];
    unsigned processes;
    if (meter_memory("", &bytes) == 0)
        ck_assert_uint_gt(bytes, 0);
    else
        ck_assert_int_ne(errno, 0);
    if (meter_load("", &processes) < 0 || meter_pressure("", waited) < 0)
        ck_assert_int_ne(errno, 0);
}
END_TEST

START_TEST(without_files_nothing_is_known)
{
    uint64_t bytes, waited[METER_PRESSURES];
    unsigned processes;
    ck_assert_int_eq(meter_memory(root, &bytes), -1);
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_int_eq(meter_load(root, &processes), -1);
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_int_eq(meter_pressure(root, waited), -1);
    ck_assert_int_eq(errno, ENOENT);
    put("proc/meminfo", "MemTotal: 5 kB\nNoMemAvailable: 7 kB\n");
    ck_assert_int_eq(meter_memory(root, &bytes), -1);
    put("proc/stat", "cpu 1 2 3\nprocs_running 2\n");
    ck_assert_int_eq(meter_load(root, &processes), -1);
}
END_TEST

START_TEST(memory_is_what_the_machine_has_available)
{
    host_has("1000");
    expect_memory(1000 * KIB);
    put("proc/self/cgroup", "0::/\n");
    expect_memory(1000 * KIB);
}
END_TEST

START_TEST(the_tightest_group_of_version_2_binds)
{
    host_has("1000000");
    put("proc/self/cgroup", "0::/slice/job\n");
    put("sys/fs/cgroup/slice/job/memory.max", "max\n");
    put("sys/fs/cgroup/slice/job/memory.current", "4096\n");
    expect_memory(1000000 * KIB);
    put("sys/fs/cgroup/slice/memory.max", "1000000\n");
    put("sys/fs/cgroup/slice/memory.current", "900000\n");
    expect_memory(100000);
    /* File pages that nobody uses are free. */
    put("sys/fs/cgroup/slice/memory.stat", "anon 500000\nfile 400000\ninactive_file 300000\nactive_file 7\n");
    expect_memory(400000);
    put("sys/fs/cgroup/slice/memory.high", "800000\n");
    expect_memory(200000);
    put("sys/fs/cgroup/slice/job/memory.max", "4096\n");
    expect_memory(0);
    put("sys/fs/cgroup/slice/job/memory.current", "9999999\n");
    expect_memory(0);
}
END_TEST

/* In a container the group is named as the host has it, and what can be seen is the mount's own folder. */
START_TEST(a_group_of_version_1_binds_too)
{
    host_has("1000000");
    put("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/docker/abc\n0::/\n");
    put("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    put("sys/fs/cgroup/memory/memory.usage_in_bytes", "5000\n");
    expect_memory(1000000 * KIB);
    put("sys/fs/cgroup/memory/memory.limit_in_bytes", "100000\n");
    put("sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 1000\n");
    expect_memory(96000);
}
END_TEST

START_TEST(the_load_is_all_that_run_or_wait_for_a_disk_but_us)
{
    static char text[100000];
    unsigned processes;
    memset(text, '0', sizeof text); /* a machine with many interrupts */
    memcpy(text, "intr ", 5);
    strcpy(text + sizeof text - 200,
           "\nctxt 55\nprocesses 77\nprocs_running 3\nprocs_blocked 4\nsoftirq 1\n");
    put("proc/stat", text);
    ck_assert_int_eq(meter_load(root, &processes), 0);
    ck_assert_uint_eq(processes, 6);
    put("proc/stat", "procs_running 0\nprocs_blocked 0\n");
    ck_assert_int_eq(meter_load(root, &processes), 0);
    ck_assert_uint_eq(processes, 0);
}
END_TEST

static void expect_pressure(uint64_t processor, uint64_t memory, uint64_t disk)
{
    uint64_t waited[METER_PRESSURES];
    ck_assert_int_eq(meter_pressure(root, waited), 0);
    ck_assert_uint_eq(waited[METER_PROCESSOR], processor);
    ck_assert_uint_eq(waited[METER_MEMORY], memory);
    ck_assert_uint_eq(waited[METER_DISK], disk);
}

START_TEST(pressure_is_that_of_the_innermost_group_or_of_the_machine)
{
    put("proc/pressure/cpu", "some avg10=66.92 avg60=43.80 avg300=16.41 total=8087703869\n"
                             "full avg10=0.00 avg60=0.00 avg300=0.00 total=3\n");
    put("proc/pressure/io", "some avg10=0.00 avg60=0.00 avg300=0.00 total=5\n");
    expect_pressure(8087703869, 0, 5);
    put("proc/self/cgroup", "3:memory:/a\n0::/slice/job\n");
    expect_pressure(8087703869, 0, 5);
    put("sys/fs/cgroup/slice/memory.pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=70\n");
    expect_pressure(0, 70, 0);
    put("sys/fs/cgroup/slice/job/cpu.pressure", "some avg10=1.00 avg60=0.00 avg300=0.00 total=80\n");
    expect_pressure(80, 0, 0);
}
END_TEST

START_TEST(nonsense_is_no_pressure)
{
    uint64_t waited[METER_PRESSURES];
    put("proc/pressure/cpu", "full avg10=0.00 total=5\n");
    put("proc/pressure/memory", "some total\n");
    put("proc/pressure/io", "");
    ck_assert_int_eq(meter_pressure(root, waited), -1);
}
END_TEST

UNIT_MAIN("meter")
{
    tcase_add_checked_fixture(tests, make_root, remove_root);
    tcase_add_test(tests, this_machine_tells_or_says_why_not);
    tcase_add_test(tests, without_files_nothing_is_known);
    tcase_add_test(tests, memory_is_what_the_machine_has_available);
    tcase_add_test(tests, the_tightest_group_of_version_2_binds);
    tcase_add_test(tests, a_group_of_version_1_binds_too);
    tcase_add_test(tests, the_load_is_all_that_run_or_wait_for_a_disk_but_us);
    tcase_add_test(tests, pressure_is_that_of_the_innermost_group_or_of_the_machine);
    tcase_add_test(tests, nonsense_is_no_pressure);
}
