#! /bin/sh
# The example: cpool -a list.txt -n 50 md5sum.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need md5sum
for i in $(seq 120); do
    echo "$i" >"file $i"
    echo "file $i"
done >list.txt
tr '\n' '\0' <list.txt | xargs -0 md5sum >wanted
expect_status 0 cpool -a list.txt -n 50 md5sum
expect_out_file wanted
