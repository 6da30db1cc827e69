#! /bin/sh
# Each way in which a task can end is an object of its own.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need jq
cat >script <<'END'
case $1 in
    kill) kill -9 $$ ;;
    slow) echo begun; exec sleep 100 ;;
    lost) kill -9 $PPID; sleep 100 ;;
esac
END
expect_status 3 cpool -j1 --json --timeout 1 --grace 0 sh script ::: kill slow lost well
jq -c '[.seq, .item, .exit, .signal, .outcome, .stdout]' out >got
cat >wanted <<'END'
[1,"kill",null,9,"signal",""]
[2,"slow",null,15,"timed out","begun\n"]
[3,"lost",null,9,"lost",""]
[4,"well",0,null,"success",""]
END
cmp -s wanted got || fail "$(cat got)"
jq -se '.[2] | .pid > 1 and .start > 1 and .command == "sh script lost"' out >/dev/null ||
    fail "$(cat out)"
expect_status 1 cpool --json {} ::: /nowhere/at/all
jq -e '.outcome == "not started" and .exit == 127 and .pid == 0 and (.stderr | startswith("cpool: "))' out \
    >/dev/null || fail "$(cat out)"
