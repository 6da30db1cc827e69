#! /bin/sh
# The words behind ::: are the items of a command, whatever is in them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool printf '<%s>\n' ::: A 'B  C' '' -n '$HOME' '*'
expect_out '<A>' '<B  C>' '<>' '<-n>' '<$HOME>' '<*>'
expect_err_empty
