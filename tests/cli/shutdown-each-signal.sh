#! /bin/sh
# INT, TERM, HUP and QUIT, whether the task dies of it, ignores it or is stopped: nothing is left, and cpool ends by
# that signal.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# shellcheck disable=SC3045 # dash, bash and ksh have it
ulimit -c 0
number=0
for signal in HUP:129 INT:130 QUIT:131 TERM:143; do
    for kind in dies ignores stopped; do
        number=$((number + 1))
        start cpool -j2 --grace 0.2 sh -c '[ "$2" != ignores ] || trap "" TERM HUP INT QUIT
            echo $$ >"pid.$1.$3"
            [ "$2" != stopped ] || kill -STOP $$
            while :; do sleep 1000; done' _ '{}' "$kind" "$number" ::: a b
        wait_for test -s "pid.a.$number"
        wait_for test -s "pid.b.$number"
        kill -"${signal%:*}" "$started"
        expect_end_soon "${signal#*:}"
        expect_err_match "^cpool: ended by SIG${signal%:*}: 0 tasks had ended"
        for item in a b; do
            gone "$(cat "pid.$item.$number")" || fail "$signal, task $kind: it is still there"
        done
    done
done
