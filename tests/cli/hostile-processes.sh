#! /bin/sh
# So few processes that not all workers, or none, or none of their tasks, can be started: fewer workers and one warning,
# or a clear message; never an item that pays for it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ "$(id -u)" -eq 0 ] || skip 'only root can become a user without other processes'
need setpriv prlimit
sanitized && skip 'the leak sanitizer needs a process of its own'
chmod 755 "$_work" .
setpriv --reuid 64124 --clear-groups sh -c "exec cpool true ::: x" 2>/dev/null || skip 'another user can not run cpool here'
seq 30 >in
chmod 644 in
try () { # LIMIT WHAT...
    limit=$1
    shift
    echo "ulimit -u $limit; cpool -j16 $*" >"$_work/command"
    timeout 60 setpriv --reuid 64124 --clear-groups prlimit --nproc="$limit" cpool -j16 "$@" <in >out 2>err
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
try 1 identity
for limit in 2 3 6 10; do
    try "$limit" echo
    try "$limit" identity
done
[ "$status" -eq 0 ] || fail '10 processes are enough for some workers'
