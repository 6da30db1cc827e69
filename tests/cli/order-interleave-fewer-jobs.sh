#! /bin/sh
# --interleave: with fewer jobs (SIGUSR2) than places, a task that can't start yet holds up the output, but not the others.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cat >task <<'END'
: >"begun.$1"
[ "$1" -gt 2 ] || until [ -e go ]; do sleep 0.01; done
seq -f "$1.%.0f" 100000
END
start cpool -j2 --interleave sh task ::: 1 2 3 4
wait_for test -e begun.2
kill -USR2 "$started"
: >go
expect_end_soon 0
for pair in '1 2' '3 4'; do
    # shellcheck disable=SC2086 # two words
    seq 100000 | awk -v a=${pair% *} -v b=${pair#* } '{ print a "." $0; print b "." $0 }'
done | cmp - out || fail 'another order'
