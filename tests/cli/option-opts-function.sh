#! /bin/sh
# CPOOL_OPTS holds for functions as well; a broken one does not keep --help from helping.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

CPOOL_OPTS='-j2 --shuf --seed 1' expect_status 0 cpool square 1 2 3
sort -n out >sorted
printf '1\n4\n9\n' | cmp -s - sorted || fail "$(cat out)"
CPOOL_OPTS='-j x' expect_status 0 cpool --no-opts --help
