#! /bin/sh
# Not on a terminal it is lines, one a second at most, and one at the end; nothing in them steers a terminal.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

begin=$(date +%s)
expect_status 0 cpool --bar --progress --eta -j1 'echo {}; sleep 0.25' ::: 1 2 3 4 5 6 7 8 9
most=$(($(date +%s) - begin + 2))
expect_out 1 2 3 4 5 6 7 8 9
[ "$(wc -l <err)" -le "$most" ] || fail "more than $most lines: $(cat err)"
[ "$(wc -l <err)" -ge 2 ] || fail "$(cat err)"
odd=$(grep -Evx -e 'cpool: [ 0-9]{3}% \[#*-*\] [1-9]/9, [0-9.]+/(s|min)(, [0-9]+ s left)?(, 1 running)?.*' err)
[ -z "$odd" ] || echo "$odd" | grep -Eq ', 1 running, ' || fail "$odd"
tail -n 1 err | grep -Eqx 'cpool: 100% \[#+\] 9/9, [0-9.]+/s, in [0-9.]+ s' || fail "$(cat err)"
LC_ALL=C grep -q '[^ -~]' err && fail "control characters: $(od -c err)"
exit 0
