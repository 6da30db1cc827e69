#! /bin/sh
# {#}, {%} and {##} in a command differ when the list is edited; the tasks are the same.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
run () {
    expect_status 0 cpool -j1 --joblog log --resume --env 'N={#}' --wd . echo '{#}/{##}:{}:{%}' "$@"
}
run ::: a b c
expect_out 1/3:a:1 2/3:b:1 3/3:c:1
run ::: x c b a
expect_out 1/4:x:1
# The log shows the commands that were run.
grep -q 'echo 2/3:b:1 # cpool:[0-9a-f]\{32\}$' log || fail "$(cat log)"
# In a script, too.
expect_status 0 cpool -j1 --joblog log --resume -c 'echo {#} {}' ::: a b
expect_status 0 cpool -j1 --joblog log --resume -c 'echo {#} {}' ::: new b a
expect_out '1 new'
