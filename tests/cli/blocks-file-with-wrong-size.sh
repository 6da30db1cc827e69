#! /bin/sh
# A file that says it has more bytes than there are, as those in /sys do, is read to its end, and that is all.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for file in /sys/kernel/mm/transparent_hugepage/enabled /sys/devices/system/cpu/possible /sys/class/net/lo/mtu \
    /sys/kernel/uevent_seqnum none; do
    [ "$file" != none ] || skip 'no file in /sys whose size is wrong'
    cat "$file" >wanted 2>/dev/null || continue
    [ "$(stat -c %s "$file")" -le "$(stat -c %s wanted)" ] || break
done
expect_status 0 cpool --pipe -a "$file" cat
expect_out_file wanted
expect_err_empty
expect_status 0 cpool --pipe --filter cat <"$file"
expect_out_file wanted
expect_status 0 cpool --pipe --block 1 --recend ' ' cat <"$file"
expect_out_file wanted
expect_status 0 cpool --pipe --header : sh -c 'cat; echo ran' <"$file"
expect_status 0 cpool --bar echo '{}' <"$file"
expect_out_file wanted
expect_status 0 cpool --csv echo '{}' '{##}' :::: "$file" ::: 1
[ -s out ] || fail 'nothing was read'
