#! /bin/sh
# {##} of a product too large to be counted does not keep a signal from ending cpool.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_proc
seq 3000 >long
start cpool --dry-run echo '{##}' :::: long long long long
used () { [ "$(sed 's/.*) //' "/proc/$started/stat" | cut -d ' ' -f 12)" -gt 5 ] || [ -s out ] || [ -s err ]; }
wait_for used
kill -TERM "$started"
wait_for gone "$started"
wait "$started" 2>/dev/null
status=$?
[ "$status" -eq 143 ] || [ "$status" -eq 125 ] || fail "ended with $status"
