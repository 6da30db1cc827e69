#! /bin/sh
# The same in a substitution in another, and in a here-document in one.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/script-lib.inc"

try_script "printf '%s\\0' \"\$(printf '%s.' \"\$(printf '%s.' 'a\"{}')\")\"" 'a"' ..
try_script 'printf "%s\0" "$(cat <<E
{}.
E
)"' '' .
