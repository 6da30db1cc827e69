#! /bin/sh
# A program is looked for on the PATH of cpool, not on the one that --env gives to the tasks.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir bin
printf '#!/bin/sh\necho "found $1"\n' >bin/cpool-test-prog
chmod +x bin/cpool-test-prog
expect_status 127 cpool --env "PATH=$PWD/bin:$PATH" cpool-test-prog ::: a
expect_err_match "^cpool: cpool-test-prog: not found: it is looked for on the PATH of cpool itself; .*: PATH=\.\.\. cpool"
expect_status 0 env "PATH=$PWD/bin:$PATH" cpool cpool-test-prog ::: a
expect_out 'found a'
expect_status 0 cpool --env "PATH=$PWD/bin:$PATH" -c cpool-test-prog ::: a
expect_out 'found a'
