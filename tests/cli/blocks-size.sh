#! /bin/sh
# A block holds as many whole records as fit; one that is longer is a block of its own.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1000 1999 >in
for size in 1000 1K 1000.5; do
    expect_status 0 cpool --pipe --block "$size" wc -c <in
    [ "$(sort -n out | tail -n 1)" -le 1024 ] || fail "$(cat out)"
    [ "$(wc -l <out)" -eq 5 ] || fail "$(cat out)"
done
expect_status 0 cpool --pipe wc -c <in
expect_out 5000
(seq 1000; printf '%5000d\n' 1; seq 1000) | expect_status 0 cpool --pipe --block 500 awk 'length > 1000 { n = NR } END { print n ? "long" : "short" }'
[ "$(grep -c long out)" -eq 1 ] || fail "cut: $(cat out)"
for size in 1k 2K 1m 1M 16M 1.5K; do expect_status 0 cpool --pipe --block "$size" cat <in; expect_out_file in; done
