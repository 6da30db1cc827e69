#! /bin/sh
# --color-failed where no terminal is: not a byte differs, and output is not held back.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

export TERM=xterm
unset NO_COLOR
# shellcheck disable=SC2016 # sh -c expands it
expect_status 1 timeout 60 cpool --color-failed sh -c 'echo line; until grep -q line out; do sleep 0.01; done; echo "$1" >&2; exit 1' sh ::: item
expect_out line
printf '%s\n' item "cpool: item 1 'item': exit status 1" 'cpool: 1 of 1 tasks failed' | cmp -s - err || fail "$(cat err)"
