#! /bin/sh
# A limit on the size of files is an error like a full disk.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 sh -c 'trap "" XFSZ; ulimit -f 8; cpool head -c 100000 {} ::: /dev/zero /dev/zero >file'
expect_err_match '^cpool: standard output: File too large'
