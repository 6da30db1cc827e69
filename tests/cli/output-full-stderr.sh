#! /bin/sh
# Standard error that can not be written: the errors of tasks are lost, so it is no success.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -c /dev/full ] || skip 'no /dev/full'
expect_status 125 sh -c 'cpool sh -c "echo x >&2" ::: a 2>/dev/full'
