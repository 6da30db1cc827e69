#! /bin/sh
# A worker that somebody has stopped does not hold up the end of the run when it is at nothing, or when its task has ended.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
is () { [ "$(state "$1")" = "$2" ]; }

# At nothing: stopped between two items.
mkfifo in
for what in 'identity' '--command cat' '--filter cat'; do
    exec 8<>in
    # shellcheck disable=SC2086
    start cpool -j1 $what <in 8>&-
    case $what in
        --command*) : >x; echo x >&8 ;;
        *) echo x >&8 ;;
    esac
    wait_for pgrep -P "$started" >/dev/null
    worker=$(pgrep -P "$started")
    [ "$what" = '--command cat' ] || wait_for test -s out
    kill -STOP "$worker"
    wait_for is "$worker" T
    exec 8>&-
    expect_end_soon 0
done

linux_extras || exit 0 # nobody else knows that another process's child has ended

# By its task, which ends then.
expect_status 0 timeout 20 cpool -j2 sh -c 'echo "$1"; kill -STOP $PPID' _ ::: 1 2 3
expect_out 1 2 3
expect_status 1 timeout 20 cpool -j1 sh -c 'kill -STOP $PPID; exit 3' _ ::: 1
expect_err_match 'exit status 3'
expect_status 0 timeout 20 cpool -j1 --filter 'read -r x; kill -STOP $PPID; echo "$x"' ::: 1
expect_out 1
expect_status 0 timeout 20 cpool -j1 true '|' sh -c 'echo "$1"; kill -STOP $PPID' _ {} ::: 1
expect_out 1
expect_status 0 timeout 20 cpool -j1 -u sh -c 'echo "$1"; kill -STOP $PPID' _ ::: 1
expect_out 1
