#! /bin/sh
# A task's items that find no room in shared memory, however long it is waited: that is said, and what was before is done.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ echo 1; head -c 16000000 /dev/zero | tr '\0' x; } >long
expect_status 125 cpool --link sh -c 'echo "$1"' '{1}' '{#}' :::: long long long long long
expect_out 1
expect_err_match '^cpool: the next task.s items find no room in [0-9]* KiB of shared memory; '
