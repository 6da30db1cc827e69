#! /bin/sh
# --interleave: the place of a task that is over goes to the next one; without output it is over at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for jobs in 2 0; do
    for try in 1 2 3; do
        expect_status 0 cpool -j"$jobs" --interleave 'seq -f "{#}.%g" -- {}' ::: 3 1 0 2 2
        case $jobs in
            2) expect_out 1.1 2.1 1.2 4.1 1.3 4.2 5.1 5.2 ;;
            0) expect_out 1.1 2.1 4.1 5.1 1.2 4.2 5.2 1.3 ;;
        esac || fail "try $try"
    done
done
