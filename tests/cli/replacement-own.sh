#! /bin/sh
# -I STR stands for the item instead of {}, which is then left alone; its last one counts.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -I % echo '%-{}' 'x%y' ::: a b
expect_out 'a-{} xay' 'b-{} xby'
expect_status 0 cpool -I ITEM echo 'ITEM.ITEM' '{.}' ::: a.c
expect_out 'a.c.a.c {.}'
expect_status 0 cpool -I , -I '{}' echo '{},' ::: a
expect_out 'a,'
expect_status 0 cpool -I '{}' echo '<{}>' ::: a
expect_out '<a>'
expect_status 0 cpool -I % 'echo "%" % '"'%'" ::: 'a  b'
expect_out 'a  b a  b a  b'
expect_status 125 cpool -I '' touch ran ::: a
expect_err_match '^cpool: -I: '
[ ! -e ran ] || fail 'a task was run'
