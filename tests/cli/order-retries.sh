#! /bin/sh
# In each order a try that failed leaves nothing behind, and the last one comes whole.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cat >task <<'END'
echo "$1.1"
[ -e "tried.$1" ] || { : >"tried.$1"; exit 1; }
echo "$1.2"
END
for order in --as-completed --line-buffer --interleave; do
    rm -f tried.*
    expect_status 0 cpool -j3 $order --retries=2 sh task ::: 1 2 3 4 5 6
    [ "$(wc -l <out)" -eq 12 ] || fail "$order: $(cat out)"
    for item in 1 2 3 4 5 6; do
        [ "$(grep "^$item" out | tr '\n' ' ')" = "$item.1 $item.2 " ] || fail "$order: $(cat out)"
    done
    [ $order = --interleave ] || [ "$(awk -F. '$2 == 1 { last = $1 } $2 == 2 && $1 != last' out)" = '' ] || fail "$order: mixed: $(cat out)"
done
expect_out 1.1 2.1 3.1 1.2 2.2 3.2 4.1 5.1 6.1 4.2 5.2 6.2
