#! /bin/sh
# -s N: a command line, with a NUL or a blank behind each word, has at most N bytes: N itself fits, one more does not.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# "echo 1 2 3 " has 11
expect_status 0 cpool -j1 -X -s11 echo ::: 1 2 3 4 5 6
expect_out '1 2 3' '4 5 6'
expect_status 0 cpool -j1 -X -s10 echo ::: 1 2 3 4 5 6
expect_out '1 2' '3 4' '5 6'
expect_status 0 cpool -j1 -m --max-chars=11 echo ::: 1 2 3 4
expect_out '1 2 3' 4
for most in 20 21 22 23 24 25 40 60 100; do
    expect_status 0 cpool -j1 -X -s "$most" echo ::: $(seq 60)
    awk -v most="$most" 'length + 6 > most { exit 1 }' out || fail "-s $most: a line is too long: $(cat out)"
    [ "$(tr ' ' '\n' <out)" = "$(seq 60)" ] || fail "-s $most: items were lost"
    # None could have taken the first item of the next.
    awk -v most="$most" 'NR > 1 && before + 1 + length($1) + 6 <= most { print NR; wrong = 1 } { before = length } END { exit wrong }' out >short ||
        fail "-s $most: before line $(cat short) there was room"
done
