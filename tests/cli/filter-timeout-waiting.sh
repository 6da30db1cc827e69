#! /bin/sh
# No time limit runs while a filter waits for the next item, with or without answers that it keeps back.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
for filter in 'sed -u s/^/x/' 'sed s/^/x/'; do
    exec 8<>in
    # shellcheck disable=SC2086
    start cpool -j1 --timeout 0.4 --filter $filter <in 8>&-
    echo 1 >&8
    sleep 1 # longer than the limit
    echo 2 >&8
    sleep 1
    echo 3 >&8
    exec 8>&-
    expect_end_soon 0
    expect_out x1 x2 x3
    expect_err_empty
done
