#! /bin/sh
# Tags, objects and retries go with every order of output.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j2 --interleave --tag gen_fib 3 2
expect_out "3	1" "2	1" "3	1" "2	1" "3	2"
for order in --as-completed --line-buffer --interleave -k; do
    expect_status 0 cpool -j3 "$order" --tagstring 'no {#}' seq ::: 1 2 3 4
    sort out | tr '\n' ' ' >sorted
    printf 'no %s\n' '1	1' '2	1' '2	2' '3	1' '3	2' '3	3' '4	1' '4	2' '4	3' '4	4' | sort | tr '\n' ' ' | cmp - sorted ||
        fail "$order: $(cat out)"
    rm -f tried.*
    # shellcheck disable=SC2016 # the $ is of the tasks' shell
    expect_status 0 cpool -j3 "$order" --retries 2 --joblog log sh -c \
        'echo "$1"; [ -e "tried.$1" ] || { : >"tried.$1"; exit 1; }' sh ::: 1 2 3 4
    [ "$(sort out | tr '\n' ' ')" = '1 2 3 4 ' ] || fail "$order, retries: $(cat out)"
    [ "$(wc -l <log)" -eq 5 ] || fail "$order: $(cat log)"
done
for order in --as-completed --line-buffer -k; do
    expect_status 0 cpool -j3 "$order" --json echo ::: 1 2 3
    [ "$(grep -c '^{"seq":.*}$' out)" -eq 3 ] || fail "$order: $(cat out)"
done
