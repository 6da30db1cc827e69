#! /bin/sh
# A file of a product that vanishes while it is read is read to its end, in every round.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 3000 >list
mkfifo go
start cpool -j2 sh -c '[ "$1$2" != a1 ] || { echo ready >ready; read -r _ <go; }; echo "$1 $2"' _ ::: a b :::: list
wait_for test -s ready
rm list
echo >go
expect_end 0
{ seq 3000 | sed 's/^/a /' && seq 3000 | sed 's/^/b /'; } >wanted
expect_out_file wanted
