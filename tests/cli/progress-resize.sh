#! /bin/sh
# The bar has the width that fits the terminal as it is now.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

mkfifo go
start "$terminal" cpool --bar -j1 'read -r _ <go; :' ::: a
wait_for grep -aEq '\[-{37}\]' out
kill -USR1 "$started"
wait_for grep -aEq '\[-{17}\]' out
echo >go
expect_end_soon 0
