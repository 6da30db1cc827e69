#! /bin/sh
# A last line without an end stays without, and nothing gets no tag.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --tag printf 'x\ny' ::: a
printf 'a\tx\na\ty' >wanted
expect_out_file wanted
expect_status 0 cpool --tag true ::: a
expect_out_empty
expect_err_empty
