#! /bin/sh
# Blanks around columns go with -C, as in GNU parallel, unless --trim n says that they stay.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -C , printf '<%s>' '{1}' '{2}' ::: ' a , b '
[ "$(cat out)" = '<a><b>' ] || fail "$(cat out)"
expect_status 0 cpool -C , --trim n printf '<%s>' '{1}' '{2}' ::: ' a , b '
[ "$(cat out)" = '< a >< b >' ] || fail "$(cat out)"
expect_status 0 cpool --csv printf '<%s>' '{1}' '{2}' ::: ' a , b '
[ "$(cat out)" = '< a >< b >' ] || fail "$(cat out)"
