#! /bin/sh
# -- ends the options: what follows is the command, whatever it looks like.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir bin
printf '#!/bin/sh\necho "odd $*"\n' >bin/-j4
chmod +x bin/-j4
PATH=$PWD/bin:$PATH
expect_status 0 cpool -j2 -- -j4 ::: a
expect_out 'odd a'
expect_status 0 cpool -- echo -- ::: a
expect_out '-- a'
