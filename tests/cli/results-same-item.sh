#! /bin/sh
# Tasks with the same item: the first has the name, in each run, and none is lost.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for run in 1 2; do
    expect_status 0 cpool -j4 --results DIR sh -c "echo $run \$CPOOL_SEQ" sh ::: a b a a
    [ "$(cat DIR/1/a/stdout)" = "$run 1" ] || fail "run $run: $(cat DIR/1/a/stdout)"
    [ "$(cat 'DIR/1/a\~3/stdout')" = "$run 3" ] || fail "run $run, 3"
    [ "$(cat 'DIR/1/a\~4/stdout')" = "$run 4" ] || fail "run $run, 4"
    [ "$(find DIR -name seq | wc -l)" -eq 4 ] || fail "$(find DIR)"
done
