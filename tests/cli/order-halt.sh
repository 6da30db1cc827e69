#! /bin/sh
# In each order --halt ends the run, and what tasks had written is shown.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for order in --as-completed --line-buffer --interleave; do
    rm -f begun
    # shellcheck disable=SC2016 # sh -c expands it
    expect_status 3 cpool -j2 $order --halt=now,fail=1 sh -c 'case $1 in
        1) echo one; : >begun; sleep 1000 ;;
        2) until [ -e begun ]; do sleep 0.01; done; echo two; exit 3 ;;
        *) echo more ;;
    esac' sh ::: 1 2 3 4
    [ "$(sort out | tr '\n' ' ')" = 'one two ' ] || fail "$order: $(cat out)"
    rm -f begun
    # shellcheck disable=SC2016
    expect_status 1 cpool -j1 $order --halt=soon,fail=1 sh -c 'echo "$1"; [ "$1" != 2 ]' sh ::: 1 2 3
    expect_out 1 2
done
