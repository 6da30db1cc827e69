#! /bin/sh
# On a terminal that knows no escape sequences it is plain lines.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

for kind in dumb ''; do
    TERM=$kind
    expect_status 0 "$terminal" cpool --bar -j1 true ::: a b
    sed 's/##*/#/' out >short
    printf 'cpool: 100%% [#] 2/2\n' | cmp -s - short || fail "TERM=$kind: $(od -c out)"
done
