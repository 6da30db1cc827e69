#! /bin/sh
# --json: one object a task, in order, with all that a script wants to know.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need jq
expect_status 1 cpool -j2 --json sh -c 'echo {}; echo e >&2; exit {1}' ::: 0 3
expect_err_match '^cpool: 1 of 2 tasks failed'
[ "$(wc -l <out)" -eq 2 ] || fail 'not two lines'
jq -c '[.seq, .item, .fields, .exit, .signal, .outcome, .tries, .stdout, .stderr]' out >got
cat >wanted <<'END'
[1,"0",["0"],0,null,"success",1,"0\n","e\n"]
[2,"3",["3"],3,null,"exit",1,"3\n","e\n"]
END
cmp -s wanted got || fail "$(cat got)"
now=$(date +%s)
jq -e --argjson now "$now" '.pid > 1 and .slot >= 1 and .start > $now - 300 and .start < $now + 300 and
    .runtime > 0 and .user >= 0 and .system >= 0 and .peak_memory > 0 and
    (.command | startswith("sh -c "))' out >/dev/null || fail "$(cat out)"
