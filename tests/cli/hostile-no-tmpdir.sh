#! /bin/sh
# Large output has to wait and there is no folder for it, or one where nothing may be written, or a tiny one.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# 120 MB wait while the first task waits for the last, which can't begin unless the others are done.
for item in 2 3 4 5 6; do yes "$item" | head -c 20000000; done >wanted
mkfifo go
mkdir locked
chmod 555 locked
: >file
check () {
    expect_end_soon 0
    expect_out_file wanted
    [ "$(grep -c '^cpool' err)" -le 1 ] || fail "$(cat err)"
    rm -f done.*
}
tasks='if [ "$1" = 1 ]; then read -r _ <go; else yes "$1" | head -c 20000000; fi; : >"done.$1"'
run_in () {
    start env TMPDIR="$1" "$2" cpool -j2 sh -c "$tasks" _ ::: 1 2 3 4 5 6
    wait_for test -e done.4
    echo >go
    check
}
run_in "$PWD/nowhere" env
run_in "$PWD/file" env
if [ "$(id -u)" -eq 0 ] && setpriv --reuid 64125 --clear-groups sh -c "exec cpool true ::: x" 2>/dev/null; then
    chmod 777 .
    chmod 755 "$_work"
    start setpriv --reuid 64125 --clear-groups env TMPDIR="$PWD/locked" cpool -j2 sh -c "$tasks" _ ::: 1 2 3 4 5 6
    wait_for test -e done.4
    echo >go
    check
fi
