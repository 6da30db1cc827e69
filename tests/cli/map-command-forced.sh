#! /bin/sh
# --command, or a path, means the program where a function has the same name.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir bin
printf '#!/bin/sh\necho program "$@"\n' >bin/fib
chmod +x bin/fib
PATH=$PWD/bin:$PATH
expect_status 0 cpool --command fib ::: 10
expect_out 'program 10'
expect_status 0 cpool bin/fib x ::: 10
expect_out 'program x 10'
