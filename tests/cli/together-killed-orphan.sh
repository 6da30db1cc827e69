#! /bin/sh
# cpool was killed, and a worker of it lives on: whoever goes on from its log, or writes to its folder, waits for that one to end, says
# so, and finds everything whole.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
linux_extras || skip 'without them a worker that is stopped does not hear that cpool is gone'
need_proc # which tells who has the lock

cat >task <<'END'
echo begun
[ -e again ] || { echo $PPID >worker; read -r _ <gate; }
echo "whole $1"
END
mkfifo gate
recreate () { # OPTION...
    rm -rf again worker kept log
    start cpool -j1 --grace 0.2 "$@" sh task ::: a b
    wait_for test -s worker
    worker=$(cat worker)
    kill -STOP "$worker"
    kill -KILL "$started"
    expect_end 137
    : >again
    start cpool -j1 "$@" sh task ::: a b
    wait_for grep -Eqx "cpool: --(joblog|results): (log|kept): process $worker, of another run, has it; waiting for it to end" err
    kill -CONT "$worker"
    expect_end_soon 0
    gone "$worker" || fail 'it did not wait'
    [ "$(wc -l <err)" -eq 1 ] || fail "$(cat err)"
}
recreate --joblog log --resume --results kept
for item in a b; do
    printf 'begun\nwhole %s\n' "$item" | cmp - "kept/1/$item/stdout" || fail "of $item there is not all"
    grep -q "	0	0	sh task $item\$" log || fail "$(cat log)"
done
recreate --joblog log --resume
expect_out begun 'whole a' begun 'whole b'
recreate --results kept
cmp kept/1/a/stdout - <<END || fail "$(cat kept/1/a/stdout)"
begun
whole a
END
