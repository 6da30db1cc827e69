#! /bin/sh
# What -X shares out near the end is run by all workers at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -X -j4 sh -c ': >"here.$1"; until [ "$(ls here.* | wc -l)" -ge 4 ]; do sleep 0.05; done; echo "$@"' _ {} ::: 1 2 3 4 5 6 7 8 9 10
expect_out '1 2 3' '4 5 6' '7 8 9' 10
