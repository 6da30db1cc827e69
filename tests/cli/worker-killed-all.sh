#! /bin/sh
# Many workers that are killed at the same time have not died in a row without a result: each had done a task before.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
linux_extras || skip 'a task whose worker is killed outlives it'
cat >task <<'END_OF_TASK'
case $1 in
    a*) # one for each worker: they wait for each other
        : >"began.$1"
        until [ -e began.a12 ] && [ "$(echo began.a* | wc -w)" -eq 12 ]; do sleep 0.05; done
        ;;
    *) [ -e "again.$1" ] || { : >"again.$1"; exec sleep 1000; } ;;
esac
END_OF_TASK
# shellcheck disable=SC2046
start cpool -j12 --retries 2 sh task ::: $(seq -f a%g 12) $(seq -f b%g 12)
all_there () { [ "$(echo again.b* | wc -w)" -eq 12 ]; }
wait_for all_there
# shellcheck disable=SC2046
kill -KILL $(pgrep -P "$started")
expect_end_soon 0
