#! /bin/sh
# The same in what a command can be a part of: assignments, lists, cases, functions, tests.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/script-lib.inc"

try_script 'x=a{}; eval '\''printf "%s\0" "$x"'\' a
try_script 'for x in {}; do printf "%s\0" "$x"; done'
try_script 'f () { shift; case {} in {}) printf "%s\0" "$1{}" ;; esac; }; f x y' y
try_script 'if [ {} = "{}" ]; then printf "%s\0" {}; fi'
