#! /bin/sh
# Neither items nor commands of a megabyte make a trace of many.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

head -c 100000 /dev/zero | tr '\0' x >item
expect_status 0 cpool -a item --trace=run.svg true
expect_status 0 cpool --trace=long.svg sh -c ": # $(head -c 100000 /dev/zero | tr '\0' '<')" ::: 1
for picture in run.svg long.svg; do
    well_formed "$picture"
    [ "$(wc -c <"$picture")" -lt 20000 ] || fail "$picture has $(wc -c <"$picture") bytes"
done
