#! /bin/sh
# As many tasks run at the same time as there are jobs.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j4 sh -c ': >"here.$1"; until [ $(ls here.* | wc -l) -ge 4 ]; do sleep 0.01; done' _ ::: 1 2 3 4
expect_status 0 cpool -P4 sh -c ': >"there.$1"; until [ $(ls there.* | wc -l) -ge 4 ]; do sleep 0.01; done' _ ::: 1 2 3 4
