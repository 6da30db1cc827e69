#! /bin/sh
# The example: wc over files given behind :::, in their order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for i in 1 2 3 4 5 6 7 8 9; do
    seq "$i" >"$i.c"
done
for file in *.c; do
    wc -c "$file"
done >wanted
expect_status 0 cpool -j8 wc -c ::: *.c
expect_out_file wanted
