#! /bin/sh
# examples/length.c: the filter of --filter=len in C.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

compiler=${CC:-cc}
need "${compiler%% *}"
# shellcheck disable=SC2086 # CC may have options
$compiler -std=c11 -O2 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -o length \
    "$CPOOL_SRCDIR/examples/length.c" >err 2>&1 || fail "length.c does not compile: $(cat err)"
expect_err_empty
filter=./length
. "$CPOOL_SRCDIR/tests/cli/filter-example-lib.inc"
