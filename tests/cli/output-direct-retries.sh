#! /bin/sh
# With --retries nothing of a try that failed is seen, however much it was.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1 300000 >expected
cpool -j2 --retries 2 sh -c 'cat expected; [ -e "tried$1" ] || { : >"tried$1"; exit 1; }' sh ::: 1 2 | cat >got
cat expected expected | cmp - got
