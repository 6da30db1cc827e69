#! /bin/sh
# Many pipelines where descriptors are few: fewer at once, or a clear message; never a hang.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need bash timeout
expect_status 0 timeout 60 bash -c 'ulimit -n 20; exec cpool -j8 echo "|" cat "|" cat ::: 1 2 3 4 5 6 7 8 9'
expect_out 1 2 3 4 5 6 7 8 9
set -f
# shellcheck disable=SC2046
expect_status 125 timeout 60 bash -c 'ulimit -n 20; exec "$@"' _ cpool -j8 echo $(for _ in $(seq 62); do echo '| cat'; done) ::: 1 2 3
expect_err_match '^cpool: no task could be started'
