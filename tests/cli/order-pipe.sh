#! /bin/sh
# In each order blocks and filters answer all that they are asked.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 30000 >items
for order in --as-completed --line-buffer --interleave; do
    for work in '--pipe --block=10k' '--filter' '--pipe --filter --block=10k'; do
        # shellcheck disable=SC2086 # several words
        expect_status 0 cpool -j3 $order $work cat <items
        sort -n out | cmp -s - items || fail "$order $work: other output"
    done
    expect_status 0 cpool -j1 $order --pipe --block=10k cat <items
    expect_out_file items
done
expect_status 0 cpool -j3 --interleave --filter cat <items
expect_out_file items
