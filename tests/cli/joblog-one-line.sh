#! /bin/sh
# An item with a newline, a tab or any control character does not break the log, and bash reads it as it was.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
printf 'a\nb\0c\td\0e\033\0017\177\0it'"'"'s\n\\\0' >items
expect_status 0 cpool -0 -a items --joblog log printf '<%s>'
[ "$(wc -l <log)" -eq 5 ] || fail "$(cat log)"
[ "$(awk -F'\t' '{ print NF }' log | sort -u)" = 9 ] || fail "$(cat log)"
LC_ALL=C sed 's/\t//g' log | LC_ALL=C grep -q '[[:cntrl:]]' && fail 'control characters'
expect_status 0 cpool -0 -a items --joblog log --resume printf '<%s>'
expect_out_empty
need bash
sort -n log | sed 1d | cut -f 9 >commands
mv out kept
expect_status 0 bash commands
cpool -0 -a items printf '<%s>' >wanted
cmp out wanted || fail "bash read something else: $(cat commands)"
