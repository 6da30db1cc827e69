#! /bin/sh
# A quote that is never closed takes the rest of the file: the line where it opened is named, that row fails, and those
# before it have run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a,b\nc,"d\n",x\nlast,5","open\n5,6\n' >in
open='^cpool: standard input: line 4: a double quote opens there and is not closed; '
expect_status 1 cpool --csv echo '<{1}><{2}>' <in
expect_out '<a><b>' '<c><d' '>'
expect_err_match "$open"'the row ends with the file, and fails$'
expect_err_match '1 of 3 tasks failed'
# Nobody else fails with it.
expect_status 1 cpool --csv -n 10 echo <in
expect_out "$(printf 'a b c d\n x')"
# One that is in memory, one of a list of words, one that only names columns.
printf 'h\n"x,1\n2\n' >one
expect_status 1 cpool --csv --link echo '{1}' :::: one ::: 1 '"2'
expect_out h
expect_err_match '^cpool: one: line 2: '
expect_status 125 cpool --csv --header : echo ::: '"a' b
expect_status 125 cpool --csv --header : echo :::: one ::: '"a'
printf '"name,b\n1,2\n' >names
expect_status 125 cpool --csv --header : echo '{name}' :::: names
expect_err_match '^cpool: names: line 1: '
# The count of a second reading does not tell it again.
expect_status 1 cpool --csv echo '{##}' :::: in
[ "$(grep -c 'opens there' err)" = 1 ] || fail "$(cat err)"
# Where no row is cut into fields it ends the run.
expect_status 125 cpool --csv -n 0 echo ran <in
expect_err_match "$open"'the run ends here$'
expect_status 125 cpool --csv --filter cat <in
expect_err_match "$open"
# One of 16 MiB is told by its quote, not by its length.
{ printf 'a\n"'; head -c 17000000 /dev/zero | tr '\0' x; } >in
expect_status 125 cpool --csv echo <in
expect_err_match '^cpool: standard input: line 2: a double quote opens there and is not closed; .*longer'
# --failed does not keep it: what is behind it there would be lost.
expect_status 2 cpool --csv --failed todo false ::: '"a' b
expect_err_match "^cpool: --failed: todo: item 1 '\"a' is not written to it: a double quote in it is not closed\$"
[ "$(cat todo)" = b ] || fail "$(cat todo)"
