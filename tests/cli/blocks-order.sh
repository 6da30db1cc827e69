#! /bin/sh
# Output comes in the order of the blocks, whichever is done first.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
expect_status 0 cpool --pipe -N 1 -j2 sh -c 'case $CPOOL_SEQ in 1) read -r _ <go; cat ;; 2) cat; echo >go ;; *) cat ;; esac' <<IN
a
b
c
IN
expect_out a b c
