#! /bin/sh
# --color-failed on a terminal: what failed tasks write is red, line by line, and so are the lines that name and count them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need script
script -qec true /dev/null >/dev/null 2>&1 || skip 'no terminal can be had here'
# NAME ENVIRONMENT...: what appears on the terminal, with ESC as ^.
shown () {
    env "$@" script -qec "\"$CPOOL\" -j1 --color-failed 'echo {}; echo e{} >&2; exit {}' ::: 0 1" /dev/null | tr -d '\r' | tr '\033' '^' >shown
}
shown -u NO_COLOR TERM=xterm
printf '%s\n' 0 e0 '^[31m1^[0m' '^[31me1^[0m' "^[31mcpool: item 2 '1': exit status 1^[0m" '^[31mcpool: 1 of 2 tasks failed^[0m' | cmp -s - shown || fail "$(cat shown)"
for environment in NO_COLOR=1 TERM=dumb; do
    shown TERM=xterm $environment
    printf '%s\n' 0 e0 1 e1 "cpool: item 2 '1': exit status 1" 'cpool: 1 of 2 tasks failed' | cmp -s - shown || fail "$environment: $(cat shown)"
done
