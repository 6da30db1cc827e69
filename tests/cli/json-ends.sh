#! /bin/sh
# Each way in which a task can end is an object of its own.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need jq
cat >script <<'END'
case $1 in
    kill) kill -9 $$ ;;
    slow) echo begun; exec sleep 100 ;;
esac
END
expect_status 1 cpool -j1 --json sh script ::: kill well
jq -c '[.seq, .item, .exit, .signal, .outcome, .stdout]' out >got
expect_status 1 cpool --json --timeout 2 --grace 0 sh script ::: slow
jq -c '[.seq, .item, .exit, .signal, .outcome, .stdout]' out >>got
cat >wanted <<'END'
[1,"kill",null,9,"signal",""]
[2,"well",0,null,"success",""]
[1,"slow",null,15,"timed out","begun\n"]
END
cmp -s wanted got || fail "$(cat got)"
expect_status 1 cpool --json {} ::: /nowhere/at/all
jq -e '.outcome == "not started" and .exit == 127 and .pid == 0 and (.stderr | startswith("cpool: "))' out \
    >/dev/null || fail "$(cat out)"
