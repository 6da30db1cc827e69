#! /bin/sh
# -I with a text that looks like an option, a separator, a part or a longer one.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -I -- echo 'x--y' ::: a
expect_out xay
expect_status 0 cpool -I '{.}' echo '{.}' ::: a.c
expect_out a.c
expect_status 0 cpool -I '$1' echo '$1!' ::: a
expect_out 'a!'
expect_status 0 cpool -I aa echo aaa ::: b
expect_out ba
