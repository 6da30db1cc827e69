#! /bin/sh
# Functions whose items take very different times, on several workers.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

awk 'BEGIN { for (i = 0; i < 2000; i++) print (i * 7) % 23 }' >in
awk 'BEGIN { a = 0; b = 1; for (i = 0; i < 23; i++) { f[i] = a; t = a + b; a = b; b = t } }
    { print f[$1] }' in >wanted
expect_status 0 cpool -j4 fib <in
expect_out_file wanted
