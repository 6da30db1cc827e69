#! /bin/sh
# Storms of signals over cpool: workers killed every 5 ms, TERM while it starts, kill -9 of it, readers that leave early,
# workers killed or stopped just when they were woken.
# Short ones, or those that `make stress` asks for with CPOOL_STRESS=long. See storm.c for what must be true.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

storm=$CPOOL_BUILDDIR/tests/stress/storm
[ -x "$storm" ] || skip "$storm is not built"
program=$(command -v cpool)
# At the end of a sanitized program its search for leaks is a child process, too, without which it never ends.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS
# What leaves its task's session can only be found with Linux's extras.
sessions=
linux_extras || sessions=group

run () {
    "$storm" "$@"
    _status=$?
    [ "$_status" -ne 77 ] || exit 77
    [ "$_status" -eq 0 ] || fail "storm $*: ended with $_status; see above, and ./err: $(tail -n 3 err 2>/dev/null)"
}

if [ "${CPOOL_STRESS-}" = long ]; then
    run workers "$program" 10000 1000000
    run commands "$program" 2000 100000
    run start "$program" 1000
    # shellcheck disable=SC2086
    run orphans "$program" 1000 $sessions
    run reader "$program" 1
    run woken "$program" 7000
else
    run workers "$program" 100 20000
    run commands "$program" 40 1000
    run start "$program" 60
    # shellcheck disable=SC2086
    run orphans "$program" 40 $sessions
    run reader "$program" 997
    run woken "$program" 150
fi
