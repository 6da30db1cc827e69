#! /bin/sh
# --summary is printed, too, when a signal ends the run: what had ended, and what was cut off.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool -j2 --summary sh -c 'echo "$1"; : >"$1.there"; [ "$1" = a ] || exec sleep 1000' _ ::: a b c d
wait_for test -e b.there -a -e c.there
wait_for grep -qx a out
kill -TERM "$started"
expect_end_soon 143
expect_err_match '^  tasks       1 succeeded, 2 cut off by the end of the run$'
expect_err_match '^  run times   median '
[ "$(tail -n 1 err)" = 'cpool: ended by SIGTERM: 1 tasks had ended; of those that were running, output is partial' ] ||
    fail "the last line: $(tail -n 1 err)"
