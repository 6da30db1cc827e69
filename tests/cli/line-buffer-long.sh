#! /bin/sh
# --line-buffer: lines of 100 kB, and one without an end, come whole.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

head -c 100000 /dev/zero | tr "\0" x >part
{ cat part; echo; echo short; cat part; echo; cat part; } >lines
expect_status 0 cpool --line-buffer cat ::: lines
expect_out_file lines
head -c 3000000 /dev/zero | tr '\0' y >endless
expect_status 0 cpool --line-buffer cat ::: endless
expect_out_file endless
