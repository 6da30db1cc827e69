#! /bin/sh
# A first word that names a function is that function, even where PATH has a program of that name.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir bin
printf '#!/bin/sh\necho program "$@"\n' >bin/fib
chmod +x bin/fib
PATH=$PWD/bin:$PATH
expect_status 0 cpool fib 10
expect_out 55
