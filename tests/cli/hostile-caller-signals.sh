#! /bin/sh
# The caller ignores SIGCHLD or SIGPIPE, or has every signal blocked: statuses are true, signals are heard, an early
# reader is noticed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need perl
cat >hostile.pl <<'END'
use POSIX;
my $how = shift;
if ($how eq 'blocked') {
    my $all = POSIX::SigSet->new; $all->fillset;
    sigprocmask(SIG_SETMASK, $all);
} else {
    $SIG{$_} = 'IGNORE' for split /,/, $how;
}
exec @ARGV or die;
END
for how in CHLD PIPE CHLD,PIPE blocked; do
    expect_status 2 timeout 20 perl hostile.pl "$how" cpool -j2 sh -c 'echo "$1"; exit $(($1 / 3))' _ ::: 1 2 3 4
    expect_out 1 2 3 4
    expect_status 1 timeout 20 perl hostile.pl "$how" cpool -j2 square 1 2 x 4
    expect_out 1 4 16

    start perl hostile.pl "$how" cpool --grace 0.2 sh -c 'trap "" TERM; echo $$ >pid; while :; do sleep 1000; done' ::: x
    wait_for test -s pid
    kill -TERM "$started"
    expect_end_soon 143
    gone "$(cat pid)" || fail "the task is still there, with $how"
    rm pid

    start perl hostile.pl "$how" cpool -j1 --timeout 0.3 fib 60 10
    expect_end_soon 1
    expect_out 55
done
# Where SIGPIPE is ignored, lost output must be said.
expect_status 0 sh -c 'timeout 20 perl hostile.pl PIPE cpool sh -c "yes" ::: a b 2>said | head -n 2; :'
grep -q '^cpool: standard output: ' said || fail "nothing was said: $(cat said)"
