#! /bin/sh
# Tasks that fail, take too long or can not be started keep the tags of what they wrote.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool --tag sh -c 'echo {}; exit 3' ::: a
printf 'a\ta\n' >wanted
expect_out_file wanted
expect_status 1 cpool --tag --timeout 2 --grace 0 sh -c 'echo {}; exec sleep 100' ::: a
expect_out_file wanted
expect_err_match "^cpool: item 1 'a': timed out"
expect_status 1 cpool --tag {} ::: /nowhere/at/all
expect_out_empty
expect_err_match "^cpool: '/nowhere/at/all': "
