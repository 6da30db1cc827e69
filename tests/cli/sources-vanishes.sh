#! /bin/sh
# A file of a product that vanishes while it is read is read to its end, in every round.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 300 | sed 's/$/ with so many bytes behind it that the file is read in several pieces, however few items it has/' >list
mkfifo go
start cpool -j2 sh -c '[ "$1${2%% *}" != a1 ] || { echo ready >ready; read -r _ <go; }; echo "$1 $2"' _ ::: a b :::: list
wait_for test -s ready
mv list copy
echo >go
expect_end 0
{ sed 's/^/a /' copy && sed 's/^/b /' copy; } >wanted
expect_out_file wanted
