#! /bin/sh
# The same in subshells and pipelines.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/script-lib.inc"

try_script '({ printf "%s\0" {}; })'
try_script 'printf "%s\0" {} | cat'
