#! /bin/sh
# So few descriptors that not all workers, or none, or none of their tasks, can be started: fewer workers and one
# warning, or a clear message; never an item that pays for it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

sanitized && skip 'the sanitizers need descriptors of their own'
seq 100 >in
try () { # LIMIT WHAT...
    limit=$1
    shift
    echo "ulimit -n $limit; cpool -j16 $*" >"$_work/command"
    timeout 60 sh -c 'ulimit -n "$1"; shift; exec cpool -j16 "$@"' _ "$limit" "$@" <in >out 2>err
    status=$?
    if [ "$status" -eq 0 ]; then
        expect_out_file in
        [ "$(wc -l <err)" -le 1 ] || fail "more than one warning: $(cat err)"
        ! grep -qv '^cpool: warning: -j: only [0-9]* of 16 workers' err || fail "$(cat err)"
    else
        _check_status 125 "$status"
        expect_err_match '^cpool: no (worker|task) could be started: '
        expect_out_empty
    fi
}
for limit in 8 10 14 20; do
    try "$limit" sh -c 'echo "$1"' _
    try "$limit" identity
done
[ "$status" -eq 0 ] || fail '20 descriptors are enough for some workers'
