#! /bin/sh
# Functions, their refusals and their time limits are objects, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need jq
expect_status 1 cpool --json fib 10 x
jq -c '[.seq, .item, .command, .exit, .outcome, .stdout]' out >got
cat >wanted <<'END'
[1,"10","fib 10",0,"success","55\n"]
[2,"x","fib x",1,"failed",""]
END
cmp -s wanted got || fail "$(cat got)"
jq -se '.[1].stderr | startswith("cpool: fib: ")' out >/dev/null || fail "$(cat out)"
expect_status 1 cpool --json --timeout 0.2 nap 100
jq -e '.outcome == "timed out" and .command == "nap 100" and .pid > 1 and .runtime >= 0.2' out >/dev/null ||
    fail "$(cat out)"
