#! /bin/sh
# A task that makes its output non-blocking, as some do for a pipe, or leaves it otherwise, does not do so for the next.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need perl
expect_status 0 cpool -j1 perl -MFcntl -e '
    for (\*STDOUT, \*STDERR) {
        my $flags = fcntl($_, F_GETFL, 0);
        print $flags & O_NONBLOCK ? "non-blocking\n" : "blocking\n";
        fcntl($_, F_SETFL, $flags | O_NONBLOCK) or die;
    }' ::: 1 2 3
expect_out blocking blocking blocking blocking blocking blocking
expect_err_empty
