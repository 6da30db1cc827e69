#! /bin/sh
# Scripts that read GNU parallel's job log read ours: the same columns, in the same form.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
now=$(date +%s)
expect_status 1 cpool -j1 --joblog log sh -c 'printf abc; exit "$1"' sh ::: 0 3
head -n 1 log >header
printf 'Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n' | cmp - header || fail 'the header'
tab=$(printf '\t')
sed 1d log | cut -f 1,2,5- >lines
printf '%s\n' "1 : 0 3 0 0 sh -c 'printf abc; exit \"\$1\"' sh 0" "2 : 0 3 3 0 sh -c 'printf abc; exit \"\$1\"' sh 3" |
    sed "s/ /$tab/; s/ /$tab/; s/ /$tab/; s/ /$tab/; s/ /$tab/; s/ /$tab/" | cmp - lines || fail "$(cat log)"
sed 1d log | cut -f 3,4 | grep -Evq '^[0-9]{10}\.[0-9]{3}	 {1,9}[0-9]+\.[0-9]{3}$' && fail "times: $(cat log)"
start=$(sed 1d log | head -n 1 | cut -f 3)
[ "${start%.*}" -ge "$((now - 1))" ] || fail "it started before it was started: $start"
[ "${start%.*}" -le "$(($(date +%s) + 1))" ] || fail "it started in the future: $start"
