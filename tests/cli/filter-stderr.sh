#! /bin/sh
# What a filter writes to standard error comes through, and is no answer.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 --filter 'while read -r x; do echo "about $x" >&2; echo "$x"; done' ::: a b c
expect_out a b c
grep '^about' err >said
printf 'about %s\n' a b c | cmp - said || fail "it said: $(cat err)"
