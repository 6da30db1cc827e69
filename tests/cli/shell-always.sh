#! /bin/sh
# -c: the words, joined with blanks, are a script, whatever they look like.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -c echo {} '|' tr a b ::: aa
expect_out bb
expect_status 0 cpool --shell echo '$((1+1))' '{}' '&&' echo '"{}"' ::: 'a  b'
expect_out '2 a  b' 'a  b'
expect_status 0 cpool -c exit ::: 0
expect_status 1 cpool -c exit ::: 3
expect_err_match 'exit status 3$'
expect_status 0 cpool -c 'cd / && pwd; :' ::: a
expect_out /
