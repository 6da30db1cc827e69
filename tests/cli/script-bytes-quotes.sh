#! /bin/sh
# Whatever an item holds, a script gets it as data: outside of quotes, and in either kind.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/script-lib.inc"

try_script 'printf "%s\0" {}'
try_script 'printf "%s\0" a{}b' a b
try_script 'printf "%s\0" "a {}\b"' 'a ' '\b'
try_script "printf '%s\\0' 'a \"{}\\'" 'a "' "\\"
