#! /bin/sh
# A list that is removed while it is worked on is read to its end.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 20000 >list
cp list wanted
mkfifo go
start cpool -a list -j1 -n 500 sh -c '[ "$1" != 1 ] || { echo ready >ready; read -r _ <go; }; printf "%s\n" "$@"' _
wait_for test -s ready
rm list
echo >go
expect_end 0
expect_out_file wanted
