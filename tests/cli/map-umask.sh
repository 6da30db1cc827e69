#! /bin/sh
# Tasks have the umask of the caller.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

umask 027
expect_status 0 cpool sh -c umask ::: x
expect_out 0027
