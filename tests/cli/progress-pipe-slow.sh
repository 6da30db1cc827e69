#! /bin/sh
# Who reads ahead to know the total loses nothing, and waits for nothing: items that come late, by halves, and without an end.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo items
start cpool --bar -j2 -a items echo
exec 4>items
printf 'a\nb' >&4
wait_for grep -qx a out
printf 'c\n\n' >&4
wait_for grep -qx bc out
seq 20000 | tr '\n' ' ' >&4
printf '\nlast' >&4
exec 4>&-
expect_end_soon 0
{ printf 'a\nbc\n\n'; seq 20000 | tr '\n' ' '; printf '\nlast\n'; } >expected
expect_out_file expected
tail -n 1 err | grep -q ' 5/5$' || fail "$(cat err)"
