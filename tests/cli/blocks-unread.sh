#! /bin/sh
# A command need not read all of its block: that is no error and no hang.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need timeout
seq 400000 >in
for by in file pipe; do
    # shellcheck disable=SC2002
    run () { if [ $by = file ]; then "$@" <in; else cat in 2>/dev/null | "$@"; fi; }
    run expect_status 0 timeout 30 cpool -j2 --pipe head -n 1
    [ "$(head -n 1 out | cat - out | grep -cx 1)" -eq 2 ] || fail "$(cat out)"
    expect_err_empty
    run expect_status 0 timeout 30 cpool -j2 --pipe true
    run expect_status 0 timeout 30 cpool -j2 --pipe sh -c 'exec <&-; echo "$CPOOL_SEQ"'
    expect_err_empty
    run expect_status 0 timeout 30 cpool -j2 --pipe cat '|' head -n 1
    [ "$(head -n 1 out)" = 1 ] || fail "$(cat out)"
    run expect_status 3 timeout 30 cpool -j2 --pipe --timeout 0.3 --grace 0.1 sleep 1000
done
