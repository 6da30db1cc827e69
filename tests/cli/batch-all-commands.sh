#! /bin/sh
# cpool -X rm: the commonest batch; files with any name are gone, and none is named twice.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir files
for name in a 'b c' "it's" '-n' '--' '$(x)' '*' 'tab	' 'new
line'; do
    : >"files/$name"
done
find files -type f -print0 | expect_status 0 cpool -0 -X rm
[ -z "$(ls -A files)" ] || fail "left: $(ls -A files)"
