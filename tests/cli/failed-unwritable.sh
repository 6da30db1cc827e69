#! /bin/sh
# A file that can't be written is said: before anything is run, or as the run's end.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
expect_status 125 cpool --failed missing/todo touch ran ::: a
expect_err_match '^cpool: --failed: missing/todo: can.t be written: No such file or directory$'
[ ! -e ran ] || fail 'a task was run'
[ -w /dev/full ] || skip 'there is no /dev/full'
expect_status 125 cpool -j1 --failed /dev/full false ::: a b
expect_err_match '^cpool: --failed: /dev/full: can.t be written: No space left on device; the run is ended$'
expect_status 0 cpool --failed /dev/full true ::: a b
