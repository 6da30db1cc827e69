#! /bin/sh
# The same in a substitution, in quotes, nested, or in backquotes.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/script-lib.inc"

try_script 'x=$(printf "%s." {}); printf "%s\0" "$x"' '' .
try_script 'printf "%s\0" "$(printf "%s." "{}")"' '' .
try_script "printf '%s\\0' \"\$(printf '%s.' \"\$(printf '%s.' 'a\"{}')\")\"" 'a"' ..
try_script 'printf "%s\0" "$(cat <<E
{}.
E
)"' '' .
try_script 'x=`printf "%s." {}`; printf "%s\0" "$x"' '' .
