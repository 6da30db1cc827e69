#! /bin/sh
# A reader that stops and goes on gets all of it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo gate
seq 1 600000 >expected
cpool -j2 cat ::: expected expected | { head -c 1000000; read -r _ <gate; cat; } >got &
echo go >gate
wait
cat expected expected | cmp - got
