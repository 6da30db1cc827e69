#! /bin/sh
# The same in what a command can be part of: assignments, lists, cases, functions, pipelines, tests.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/script-lib.inc"

try_script 'x=a{}; eval '\''printf "%s\0" "$x"'\' a
try_script 'for x in {}; do printf "%s\0" "$x"; done'
try_script 'case {} in {}) ( { printf "%s\0" {}; } ) ;; esac'
try_script 'f () { shift; printf "%s\0" "$1{}"; }; f x y' y
try_script 'if [ {} = "{}" ]; then printf "%s" {} | cat; printf "\0"; fi'
