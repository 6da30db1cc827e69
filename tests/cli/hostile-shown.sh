#! /bin/sh
# Nothing of an item that steers a terminal, turns text round or can't be seen comes out of a message, -t, a bar, a log or a summary as
# it is; and what --dry-run shows is still a command.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need bash
# ESC ] ..., 8-bit CSI, the same as UTF-8, zero width, right-to-left override, isolate, byte order mark, a byte that is no UTF-8.
item=$(printf 'a\033]0;x\007b\233c\302\233d\342\200\213e\342\200\256f\342\201\246g\357\273\277h\351')
raw=$(printf '[\001-\010\013-\037\177]|\302[\200-\237]|\342\200[\213\256]|\342\201\246|\357\273\277|[^\302\342\357\200-\277]\233|\351')
check () { # FILE
    LC_ALL=C grep -aEq "$raw" "$1" && fail "$1: $(LC_ALL=C sed -n l "$1")"
    return 0
}
expect_status 1 cpool -t --joblog log --summary false ::: "$item"
check err
check log
grep -q "item 1 'a.x1b\]0;x.x07b.x9bc.xc2.x9bd.xe2" err || fail "$(cat err)"
grep -qF "\$'a\\033]0;x\\007b\\233c\\302\\233d\\342\\200\\213e" log || fail "$(cat log)"
# It is known again by what the log says.
expect_status 0 cpool --joblog log --resume false ::: "$item"
expect_status 1 cpool {} ::: "./$item"
check err
expect_status 1 cpool --wd {} true ::: "$item"
check err
expect_status 1 cpool fib ::: "$item"
check err
need_terminal
"$terminal" -p -c 400 cpool --dry-run printf %s ::: "$item" >shown || fail 'no terminal'
tr -d '\r' <shown >dry
check dry
[ "$(bash dry)" = "$item" ] || fail "$(cat dry)"
# What goes on to a shell is what every shell knows.
expect_status 0 cpool --dry-run printf %s ::: "$item"
[ "$(sh out)" = "$item" ] || fail "$(cat out)"
expect_status 0 cpool --joblog log.json --joblog-format=json --trace run.json true ::: "$item"
check log.json
check run.json
expect_status 0 cpool --trace run.svg true ::: "$item"
check run.svg
