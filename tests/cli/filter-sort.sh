#! /bin/sh
# A filter that answers only at the end of its input: far more items than fit in memory at once go through, and cpool stays small.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/status ] || skip 'no /proc'
# What is sorted already comes out as it was, however it is cut.
seq -w 3000000 >in
for jobs in 1 3; do
    # shellcheck disable=SC2002
    cat in | expect_status 0 cpool -j$jobs --filter sort '|' awk '{ print }
        END { while ((getline line <("/proc/" ENVIRON["CPOOL_PID"] "/status")) > 0) if (line ~ /^VmHWM/) print line >"/dev/stderr" }'
    cmp in out || fail "-j$jobs: it is not the same"
    peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' err | sort -n | tail -n 1)
    sanitized || [ "$peak" -lt 98304 ] || fail "-j$jobs: cpool took $peak kB"
done
