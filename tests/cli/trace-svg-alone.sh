#! /bin/sh
# The picture needs nothing but itself: no script, no font, nothing from elsewhere.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

expect_status 0 cpool --trace=run.svg true ::: 1 2
if sed 's|xmlns="http://www.w3.org/2000/svg"||' run.svg | grep -Eiq '<script|@import|@font-face|href|https?:|<image'; then
    fail 'it refers to something else'
fi
