#! /bin/sh
# A percentage of items that come from a pipe counts once their number is known; the input's end is waited for.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -j1 --halt now,fail=50% sh -c 'echo "$1"; [ "$1" != x ]' _ <in 8>&-
printf '%s\n' x x x >&8
three () { [ "$(wc -l <out)" -eq 3 ]; }
wait_for three
alive "$started" || fail 'it has ended before the number was known'
echo a >&8
exec 8>&-
expect_end_soon 75
for bad in x now 'now,' now,fail now,fail= now,fail=0 now,fail=101% soon,what=1 fail=1 3 -3 101%; do
    expect_status 125 cpool --halt "$bad" true ::: a
    expect_err_match '^cpool: --halt: '
done
