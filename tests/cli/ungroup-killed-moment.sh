#! /bin/sh
# In its first 10 ms an --ungroup task is waited for by its SIGCHLD alone. What ended that wait before the moment was over (answers
# of quick tasks that were due, the end of a background child of the task, which comes to the worker, a task that stops) made the
# next one endless: the worker never heard of the parent again, and outlived it with its task for as long as that ran.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'only there it waits so'

# The last one is killed, and all that is in its way comes before: answers that are due, and here and there a child that ends.
cat >task <<'END'
[ "$1" = 40 ] || exit 0
(: &) # ends soon, and is nobody's child then
(sh -c : &)
echo $$ >pid.new
mv pid.new pid
exec sleep 1000
END

is_there () {
    [ -s pid ]
}

for signal in KILL TERM; do
    for _ in 1 2 3; do
        rm -f pid
        seq 40 >items
        start cpool -u -j1 -a items --grace 1000 sh task
        wait_for is_there
        kill -"$signal" "$started"
        # With TERM the worker, which hears of it, sends the same to the task; the parent alone would wait for the grace time.
        wait_for gone "$(cat pid)"
        case $signal in
            KILL) expect_end_soon 137 ;;
            TERM) expect_end_soon 143 ;;
        esac
    done
done
