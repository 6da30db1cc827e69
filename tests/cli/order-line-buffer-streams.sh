#! /bin/sh
# --line-buffer: an unfinished line on standard output holds up nothing on standard error.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# shellcheck disable=SC2016 # sh -c expands it
expect_status 0 timeout 60 cpool --line-buffer sh -c 'printf "half "; echo error >&2; until grep -q error err; do sleep 0.01; done; echo line' ::: 1
expect_out 'half line'
grep -q '^error$' err || fail 'the error is missing'
