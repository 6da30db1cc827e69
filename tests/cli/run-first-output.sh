#! /bin/sh
# The first line of output does not wait for the rest of the input, nor for other tasks.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
for options in '-j1' '-j4' '-n1' '-C ,' '--csv' '-E end' '-s 1000' '-L 1' '--trim lr' '--delay 0.01' '--retries 2'; do
    # shellcheck disable=SC2086
    start cpool $options echo got <in 8>&-
    echo 1 >&8
    wait_for grep -qx 'got 1' out
    echo 2 >&8
    wait_for grep -qx 'got 2' out
    kill -TERM "$started"
    expect_end 143
done
exec 8>&-
