#! /bin/sh
# The same in a substitution, also in quotes, and in backquotes.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/script-lib.inc"

try_script 'x=$(printf "%s." {}); printf "%s\0" "$x"' '' .
try_script 'printf "%s\0" "$(printf "%s." "{}")"' '' .
try_script 'x=`printf "%s." {}`; printf "%s\0" "$x"' '' .
