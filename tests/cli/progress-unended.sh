#! /bin/sh
# Output that does not end in a newline is never drawn over, nor broken in two.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

expect_status 0 "$terminal" -p cpool --bar --progress -j1 'printf "<%s>" {}; sleep 0.11' ::: a b c
printf '<a><b><c>' >expected
expect_out_file expected
