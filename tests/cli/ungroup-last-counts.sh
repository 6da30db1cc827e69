#! /bin/sh
# -k and --group behind -u take it back: output is in order again.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for option in -k --group --keep-order; do
    expect_status 0 cpool -u "$option" -j2 sh -c 'until [ "$1" = 2 ] || [ -e ended ]; do sleep 0.01; done; echo "$1"; : >ended' sh ::: 1 2
    expect_out 1 2
    rm ended
done
