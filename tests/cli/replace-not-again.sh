#! /bin/sh
# An item that looks like a replacement string is data.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool echo '{} {.}' ::: '{}' '{/}' '{#}.c'
expect_out '{} {}' '{/} {/}' '{#}.c {#}'
