#! /bin/sh
# No option that GNU parallel has is unknown: it is taken, answered, or not supported yet.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need parallel man
parallel --version 2>/dev/null | grep -q '^GNU parallel' || skip 'another parallel'
man parallel 2>/dev/null | col -b | grep -Eo '^ {7}--[a-z][a-z-]+' | sort -u >options
[ "$(wc -l <options)" -ge 50 ] || skip 'its manual can not be read'
while read -r option; do
    cpool "$option" </dev/null >out 2>err
    ! grep -q 'no such option' err || echo "$option"
done <options >unknown
[ ! -s unknown ] || fail "unknown: $(tr '\n' ' ' <unknown)"
