#! /bin/sh
# --env NAME=VALUE sets a variable for the tasks; replacement strings in VALUE work; the last of a name counts.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --env 'A=x={}' --env 'B={#}' 'echo "$A" "$B" {}' ::: 1 'p  q'
expect_out 'x=1 1 1' 'x=p  q 2 p  q'
expect_status 0 cpool --env EMPTY= 'echo "<${EMPTY-unset}>" {}' ::: a
expect_out '<> a'
expect_status 0 cpool --env 'A=a=b' 'echo "$A" {}' ::: a
expect_out 'a=b a'
expect_status 0 cpool --env 'F={1.}' --env 'G={2}' 'echo "$F" "$G" {3}' ::: a.c ::: x ::: y
expect_out "a x y"
expect_status 0 cpool -X -j1 --env 'ALL={}' 'echo "$ALL" {}' ::: a b
expect_out 'a b a b'
for bad in X =x '' 'A B'; do
    expect_status 125 cpool --env "$bad" touch ran ::: a
    expect_err_match '^cpool: --env: .*NAME=VALUE'
done
[ ! -e ran ] || fail 'a task was run'
