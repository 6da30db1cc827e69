#! /bin/sh
# A script without #! is run by sh, as every shell does.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo 'echo "$0 $# $1"' >script
chmod +x script
expect_status 0 cpool ./script ::: 'a b' c
expect_out './script 1 a b' './script 1 c'
