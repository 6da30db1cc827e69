#include "unit.h"

#include "base/quantile.h"

/* What is promised: right within 1 / 16. */
static void check_near(uint64_t got, uint64_t wanted)
{
    uint64_t off = got > wanted ? got - wanted : wanted - got;
    ck_assert_msg(off <= wanted / 16, "%llu is not near %llu", (unsigned long long)got,
                  (unsigned long long)wanted);
}

START_TEST(an_empty_one_answers_zero)
{
    struct quantile quantile = {0};
    ck_assert_uint_eq(quantile_at(&quantile, 0.5), 0);
}
END_TEST

START_TEST(one_value_is_every_quantile)
{
    struct quantile quantile = {0};
    quantile_add(&quantile, 123456789);
    check_near(quantile_at(&quantile, 0), 123456789);
    check_near(quantile_at(&quantile, 0.5), 123456789);
    check_near(quantile_at(&quantile, 1), 123456789);
}
END_TEST

START_TEST(small_values_are_exact)
{
    struct quantile quantile = {0};
    for (uint64_t value = 0; value < 31; value++)
        quantile_add(&quantile, value);
    ck_assert_uint_eq(quantile_at(&quantile, 0.5), 15);
}
END_TEST

START_TEST(quantiles_of_a_ramp_lie_where_they_should)
{
    struct quantile quantile = {0};
    for (uint64_t value = 1; value <= 100000; value++)
        quantile_add(&quantile, value * 1000);
    check_near(quantile_at(&quantile, 0.5), 50000000);
    check_near(quantile_at(&quantile, 0.9), 90000000);
    check_near(quantile_at(&quantile, 0.99), 99000000);
}
END_TEST

/* The time limit in per cent of the median must not follow a few long tasks. */
START_TEST(the_median_is_not_moved_by_outliers)
{
    struct quantile quantile = {0};
    for (int i = 0; i < 7; i++)
        quantile_add(&quantile, 1000);
    for (int i = 0; i < 3; i++)
        quantile_add(&quantile, UINT64_MAX);
    check_near(quantile_at(&quantile, 0.5), 1000);
}
END_TEST

START_TEST(every_power_of_two_and_its_neighbours_find_their_way_back)
{
    for (unsigned bit = 5; bit < 64; bit++)
        for (int step = -1; step <= 1; step++) {
            struct quantile quantile = {0};
            uint64_t value = ((uint64_t)1 << bit) + (uint64_t)(int64_t)step;
            quantile_add(&quantile, value);
            check_near(quantile_at(&quantile, 0.5), value);
        }
}
END_TEST

UNIT_MAIN("quantile")
{
    tcase_add_test(tests, an_empty_one_answers_zero);
    tcase_add_test(tests, one_value_is_every_quantile);
    tcase_add_test(tests, small_values_are_exact);
    tcase_add_test(tests, quantiles_of_a_ramp_lie_where_they_should);
    tcase_add_test(tests, the_median_is_not_moved_by_outliers);
    tcase_add_test(tests, every_power_of_two_and_its_neighbours_find_their_way_back);
}
