#! /bin/sh
# A script without #! is given to sh, in any place.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo 'tr a-z A-Z; echo "$0 $*"' >script
chmod +x script
expect_status 0 cpool echo '|' ./script x {} '|' ./script ::: a b
expect_status 0 cpool echo {} '|' ./script x {} '|' './{}' y ::: script
expect_out SCRIPT './SCRIPT X SCRIPT' './script y'
expect_status 0 cpool ./script {} '|' cat ::: a
expect_out './script a'
