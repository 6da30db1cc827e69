#! /bin/sh
# As many as 64 programs; more are refused before anything starts.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cats () { for _ in $(seq "$1"); do printf '| cat '; done; }
set -f
# shellcheck disable=SC2046
expect_status 0 cpool -j2 echo $(cats 63) ::: a b c
expect_out a b c
# shellcheck disable=SC2046
expect_status 125 cpool touch made $(cats 64) ::: a
expect_err_match "^cpool: '[|]': a pipeline can have 64 programs, not 65\$"
[ ! -e made ] || fail 'it was started'
