#! /bin/sh
# Where a run ends early, standard input that is a file stands behind an item that was taken: in front of it nothing is left
# that was not, and behind it nothing has run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

early () { # STATUS OPTION...
    status=$1
    shift
    { expect_status "$status" cpool -j2 "$@"; cat >rest; } <in
    check_rest "$*"
}
check_rest () {
    last=$(tail -n 1 out) first=$(head -n 1 rest)
    [ "${first:-0}" -gt "${last:-0}" ] || fail "$1: '$last' has run, and '$first' was left"
    seq "$first" 50000 | cmp -s - rest || fail "$1: not all is left from $first on"
}
seq 50000 >in
early 0 --halt now,done=1 echo
early 0 --halt soon,done=1 echo
early 0 --halt now,done=1 -n 3 sh -c 'echo $3' sh
early 0 --halt now,done=1 --pipe --block 10 tail -n 1
early 1 --halt now,fail=1 sh -c 'echo $1; exit 1' sh
early 127 ./nowhere
early 125 --header : --wd ./nowhere echo
{ expect_status 0 sh -c 'cpool -j2 echo | head -n 1'; cat >rest; } <in
check_rest 'nobody takes the output'
{ sh -c 'echo 0; cpool -j2 echo {1} "$PPID" >/dev/full' >out 2>err; cat >rest; } <in
check_rest 'the output is lost'
start sh -c 'cpool -j1 "echo {}; kill -TERM \$CPOOL_PID; sleep 1000"; status=$?; cat >rest; exit $status' <in
expect_end 143
check_rest 'ended by TERM'
