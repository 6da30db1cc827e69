#! /bin/sh
# --help names every option that is taken, those for what is always so as well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --help
for option in -P -k -r --group; do
    grep -Eq -e "(^| |,)$option([ ,=]|\$)" out || fail "$option is missing"
done
