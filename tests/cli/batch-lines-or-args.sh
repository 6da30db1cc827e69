#! /bin/sh
# Of -L and -n the later one counts, and it is said; with --pipe they are about different things. Items whose end is given
# are never joined.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 5 >in
expect_status 0 cpool -L 1 -n 4 echo x{} <in
expect_out 'x1 2 3 4' x5
expect_err_match '^cpool: warning: -L and -n exclude each other; the later one, -n, counts$'
expect_status 0 cpool -n 4 -L 1 echo x{} <in
expect_out x1 x2 x3 x4 x5
expect_err_match '^cpool: warning: .*the later one, -L, counts$'
expect_status 0 cpool -n 0 -L 2 echo <in
expect_out '1 2' '3 4' 5
expect_status 0 cpool -L 2 -N 1 echo <in
expect_out 1 2 3 4 5
expect_status 0 cpool --pipe -N 1 -L 2 sh -c 'tr "\n" " "; echo' <in
expect_out '1 2 ' '3 4 ' '5 '
expect_err_empty
printf 'a \0b\0' | expect_status 0 cpool -0 -L 1 echo '[{}]'
expect_out '[a ]' '[b]'
printf 'a \nb\n' | expect_status 0 cpool -d '\n' -L 1 echo '[{}]'
expect_out '[a ]' '[b]'
