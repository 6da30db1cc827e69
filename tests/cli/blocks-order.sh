#! /bin/sh
# Output comes in the order of the blocks, or as they are completed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
expect_status 0 cpool --pipe -N 1 -j2 sh -c 'case $CPOOL_SEQ in 1) read -r _ <go; cat ;; 2) cat; echo >go ;; *) cat ;; esac' <<IN
a
b
c
IN
expect_out a b c
expect_status 0 cpool --as-completed --pipe -N 1 -j2 sh -c 'case $CPOOL_SEQ in 1) read -r _ <go; cat ;; 2) cat; echo >go ;; esac' <<IN
a
b
IN
[ "$(sort out | tr -d '\n')" = ab ] || fail "$(cat out)"
