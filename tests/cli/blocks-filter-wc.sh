#! /bin/sh
# Each command counts what it was given; the sums are the whole, from a file or a pipe.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 800000 >in
for jobs in 1 3; do
    for from in file stdin pipe; do
        case $from in
            file) expect_status 0 cpool -j$jobs --pipe --filter --block 100K -a in wc -l ;;
            stdin) expect_status 0 cpool -j$jobs --pipe --filter --block 100K wc -l <in ;;
            pipe) seq 800000 | expect_status 0 cpool -j$jobs --pipe --filter --block 100K wc -l ;;
        esac
        [ "$(wc -l <out)" -le $jobs ] || fail "$from: $(wc -l <out) commands for $jobs jobs"
        [ "$(awk '{ n += $1 } END { print n }' out)" -eq 800000 ] || fail "$from: $(cat out)"
    done
done
