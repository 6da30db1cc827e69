#! /bin/sh
# However fast tasks end, the line is drawn at most ten times a second, and costs no output.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

seq 300000 >items
begin=$(date +%s)
expect_status 0 "$terminal" -e sh -c 'cpool --bar --progress -a items square >squares'
most=$((10 * ($(date +%s) - begin + 1) + 2))
[ "$(tr -cd '\r' <out | wc -c)" -le $((2 * most)) ] || fail "more than $most times: $(cat out)"
awk '{ printf "%.0f\n", $1 * $1 }' items | cmp - squares || fail 'wrong answers'
