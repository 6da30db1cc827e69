#! /bin/sh
# A program that is not there, or not executable, in any place: nothing is started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

: >plain
for rest in 'no-such-program | cat' 'touch made | no-such-program' 'touch made | cat | ./no-such'; do
    # shellcheck disable=SC2086
    expect_status 127 cpool $rest ::: a
    expect_err_match '^cpool: .*no-such.*: not found'
done
for rest in './plain | cat' 'touch made | ./plain' 'touch made | ./plain | cat'; do
    # shellcheck disable=SC2086
    expect_status 126 cpool $rest ::: a
    expect_err_match "^cpool: ./plain: can't be run"
done
[ ! -e made ] || fail 'a program was started'
expect_status 1 cpool touch made '|' './{}' ::: no-such
expect_err_match "^cpool: 'no-such': ./no-such: No such file or directory\$"
[ ! -e made ] || fail 'a program was started'
