#! /bin/sh
# A file that says that it has no bytes, as those in /proc do, is read all the same.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/cpuinfo ] || skip 'no /proc'
cat /proc/version >wanted
expect_status 0 cpool --pipe cat </proc/version
expect_out_file wanted
expect_status 0 cpool --pipe -a /proc/version cat
expect_out_file wanted
