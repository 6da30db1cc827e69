#! /bin/sh
# Of a task of several items all come back, so that the same options make the same tasks of them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
expect_status 1 cpool -n 2 --failed todo sh -c '[ "$1" != c ]' sh ::: a b c d e f
[ "$(cat todo)" = "$(printf 'c\nd')" ] || fail "$(cat todo)"
expect_status 1 cpool --failed todo sh -c '[ "$1$2" != b1 ]' sh ::: a b ::: 1 2
[ "$(cat todo)" = "$(printf 'b\n1')" ] || fail "$(cat todo)"
expect_status 0 cpool -n 2 -a todo echo '{2}{1}'
expect_out 1b
printf 'name,size\na,1\nb,2\n' >table
expect_status 1 cpool --csv --header : -a table --failed todo sh -c '[ "$1" != b ]' sh '{name}'
[ "$(cat todo)" = "$(printf 'name,size\nb,2')" ] || fail "$(cat todo)"
expect_status 0 cpool --csv --header : -a todo echo '{size}'
expect_out 2
