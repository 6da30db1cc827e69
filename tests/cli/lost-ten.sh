#! /bin/sh
# Ten deaths in a row: the run is ended with a clear message; no item was run twice, and nothing is left.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1000 >in
expect_status 125 timeout 30 cpool -j4 --grace 0.1 sh -c 'echo "$1" >>ran; [ "$1" -gt 20 ] || { echo "$1"; exit; }
    kill -KILL $PPID; exit 9' _ <in
expect_err_match '^cpool: 10 workers in a row died without a result: the run is ended'
[ -z "$(sort ran | uniq -d)" ] || fail "run twice: $(sort ran | uniq -d)"
head -n 20 in | cmp -s - out || fail "what was done did not come out: $(cat out)"
[ "$(wc -l <ran)" -lt 50 ] || fail "it went on for $(wc -l <ran) items"
