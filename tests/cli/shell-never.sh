#! /bin/sh
# -q: the one word is a program, though it looks like a script.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '#! /bin/sh\necho "<$1>"\n' >'my script'
chmod +x 'my script'
expect_status 0 cpool -q './my script' ::: a
expect_out '<a>'
expect_status 127 cpool -q 'echo a' ::: a
expect_err_match '^cpool: echo a: not found'
expect_status 0 cpool -q echo '>' ran ::: a
expect_out '> ran a'
expect_err_empty
# A file of that name is a program without -q, too.
expect_status 0 cpool './my script' ::: b
expect_out '<b>'
