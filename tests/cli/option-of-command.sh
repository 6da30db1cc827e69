#! /bin/sh
# Options end at the first word that is none: -l belongs to wc.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '1\n2\n' >two
expect_status 0 cpool -j4 wc -l ::: two
expect_out '2 two'
expect_status 0 cpool echo -j4 --help --nonsense -0 -- ::: a
expect_out '-j4 --help --nonsense -0 -- a'
