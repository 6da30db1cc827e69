#! /bin/sh
# cpool and what follows it write to one file one after the other.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ echo one && cpool echo ::: two && echo three; } >file
printf '%s\n' one two three | cmp -s - file || fail "$(cat file)"
