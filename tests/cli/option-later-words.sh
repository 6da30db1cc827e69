#! /bin/sh
# Options end at the first word that is none, or at --; what comes behind is the command's.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 echo -n2 --jobs=x -a ::: 1 2
expect_out '-n2 --jobs=x -a 1' '-n2 --jobs=x -a 2'
expect_status 0 cpool -- echo -- -x ::: 1
expect_out '-- -x 1'
expect_status 0 cpool -n2 -- echo ::: 1 2
expect_out '1 2'
expect_status 0 cpool printf '%s\n' ::: -n2 --help --
expect_out -n2 --help --
