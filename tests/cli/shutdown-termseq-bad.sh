#! /bin/sh
# A ladder that is none is refused.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for bad in '' FOO 'TERM,' TERM,x TERM,-1 ,TERM TERM,,KILL TERM,200,FOO 0 99 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1; do
    expect_status 125 cpool --termseq "$bad" true ::: x
    expect_err_match '^cpool: --termseq: '
done
for good in KILL SIGTERM 15,100,9 TERM,200,TERM,100,TERM,50,KILL,25; do
    expect_status 0 cpool --termseq "$good" true ::: x
done
