#! /bin/sh
# A filter that crashes: its item is named with the signal, all others are answered.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'what it had not read of an input that has ended is known only there'
expect_status 2 cpool -j2 --filter 'while read -r x; do case $x in *50) kill -SEGV $$ ;; esac; echo "$x"; done' ::: a1 a50 a3 a4 b50 b6 b7 b8
expect_out a1 a3 a4 b6 b7 b8
expect_err_match '^cpool: .a50.: the filter was ended by SIGSEGV before it answered$'
expect_err_match '^cpool: 2 of 8 tasks failed$'
expect_err_match '^cpool: item 2 .a50.: ended by SIGSEGV$'
