#! /bin/sh
# A log that can't be written ends the run: what is not logged would be done twice.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
[ -w /dev/full ] || skip 'there is no /dev/full'
expect_status 125 cpool --joblog /dev/full touch ran ::: a
expect_err_match '^cpool: --joblog: /dev/full: can.t be written: No space left on device; the run is ended$'
[ ! -e ran ] || fail 'a task was run'
# JSON has no header: the first task finds out.
expect_status 125 cpool -j1 --joblog /dev/full --joblog-format=json touch ::: 1 2 3 4 5 6 7 8 9
expect_err_match '^cpool: --joblog: /dev/full: can.t be written: No space left on device; the run is ended$'
[ "$(wc -l <err)" -eq 1 ] || fail "said more than once: $(cat err)"
[ ! -e 9 ] || fail 'the run went on'
