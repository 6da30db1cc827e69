#! /bin/sh
# When output is lost the tasks that still run are ended at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -c /dev/full ] || skip 'no /dev/full'
expect_status 125 sh -c 'cpool -j2 sh -c "echo x; exec sleep 1000" ::: a b >/dev/full'
