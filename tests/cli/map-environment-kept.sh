#! /bin/sh
# The rest of the environment is the one that cpool got; variables of an outer cpool are replaced.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

CPOOL_SEQ=77 PARALLEL_SEQ=77 MINE='a  b' EMPTY='' \
    expect_status 0 cpool sh -c 'echo "$MINE|${EMPTY-unset}|$CPOOL_SEQ|$PARALLEL_SEQ"; env | grep -c ^CPOOL_SEQ=' ::: x
expect_out 'a  b||1|1' 1
