#! /bin/sh
# A task that signals its parent, as daemons' scripts do, must not cost an item.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 12 >in
for signal in TERM INT HUP QUIT USR1 PIPE ALRM; do
    expect_status 0 cpool -j2 sh -c 'kill -"$2" $PPID; echo "$1"' _ '{}' "$signal" <in
    expect_out_file in
    expect_err_empty
done
