#! /bin/sh
# A limit of how large files may be ends the run with a message, and a log of whole lines.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 5000 >in
status=0
(ulimit -f 8 && exec cpool --joblog log -j2 square <in) >out 2>err || status=$?
[ "$status" -eq 125 ] || fail "status $status: $(cat err)"
expect_err_match '^cpool: --joblog: log: .*(File too large|EFBIG)'
[ "$(tail -c 1 log | od -An -c | tr -d ' ')" = '\n' ] || fail "the last line is torn: $(tail -n 1 log)"
awk -F '\t' 'NF != 9' log | grep . && fail 'a line is not whole'
exit 0
