#! /bin/sh
# --wd with {}: each task in its own; where one is missing its task fails, and the others go on.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir a 'c d'
: >b
expect_status 2 cpool --wd '{}' 'echo "${PWD##*/}"; : {}' ::: a b 'c d' e
expect_out a 'c d'
expect_err_match "^cpool: 'b': b: .*irectory"
expect_err_match "^cpool: 'e': e: No such file or directory"
expect_err_match "^cpool: 2 of 4 tasks failed\$"
expect_status 0 cpool --wd '{//}' ls '{/}' ::: a/../b
expect_out b
