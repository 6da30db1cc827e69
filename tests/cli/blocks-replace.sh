#! /bin/sh
# The number of a block stands where {#} does, in each program, in scripts and in CPOOL_SEQ.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 6 >in
expect_status 0 cpool --pipe -N 2 tee 'part{#}' '|' sed 's/$/ {#}/' <in
expect_out '1 1' '2 1' '3 2' '4 2' '5 3' '6 3'
expect_status 0 cpool --pipe -N 3 'cat >script{#}; echo "$CPOOL_SEQ"' <in
expect_out 1 2
cat part1 part2 part3 | cmp -s - in || fail 'not the input'
cat script1 script2 | cmp -s - in || fail 'not the input'
