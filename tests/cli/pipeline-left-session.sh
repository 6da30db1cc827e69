#! /bin/sh
# A later program that makes a session of its own is ended as well: by a time limit, by TERM, and by kill -9 of cpool.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_subreaper
need setsid timeout
expect_status 1 timeout 20 cpool --timeout 0.3 --grace 0.1 true '|' setsid sh -c 'trap "" TERM; echo $$ >pid; exec sleep 1000' ::: a
expect_err_match 'timed out after 300 ms$'
gone "$(cat pid)" || fail 'it is still there'
for status in 143 137; do
    rm -f pid
    start cpool --grace 0.1 cat '|' setsid sh -c 'trap "" TERM; echo $$ >pid; exec sleep 1000' ::: /dev/null
    wait_for test -s pid
    kill -"$((status - 128))" "$started"
    expect_end_soon "$status"
    wait_for gone "$(cat pid)"
done
