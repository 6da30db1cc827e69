#! /bin/sh
# --delay TIME: starts are at least so far apart, whichever worker it is.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

case $(date +%N) in
    *[!0-9]* | '') skip 'this date has no nanoseconds' ;;
esac
for jobs in 1 4; do
    begin=$(date +%s%N)
    expect_status 0 cpool -j "$jobs" --delay 0.2 sh -c 'date +%s%N; : {}' ::: 1 2 3 4
    awk -v begin="$begin" '$1 - begin < (NR - 1) * 200000000 { exit 1 }' out || fail "begun at $begin: $(cat out)"
    [ "$(wc -l <out)" -eq 4 ] || fail "$(cat out)"
done
for bad in x -1 '' 5q 1:30; do
    expect_status 125 cpool --delay "$bad" touch ran ::: a
    expect_err_match '^cpool: --delay: .*duration'
done
[ ! -e ran ] || fail 'a task was run'
