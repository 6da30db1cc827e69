#! /bin/sh
# In each order what must wait may be more than memory is to hold: it goes to the file, and comes out as it was.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cat >task <<'END'
[ "$1" != 1 ] || until [ -e ended.2 ]; do sleep 0.01; done
yes "$1" | head -n 35000000
: >"ended.$1"
END
for order in --as-completed --interleave; do
    rm -f ended.*
    expect_status 0 cpool -j2 $order sh task ::: 1 2
    case $order in
        --interleave) yes '1
2' | head -n 70000000 ;;
        *) yes 2 | head -n 35000000; yes 1 | head -n 35000000 ;;
    esac | cmp -s - out || fail "$order: other output"
done
